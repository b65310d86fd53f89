/** Where an SSH server is. */
export interface Destination {
  /** As the user wrote it, for messages. */
  readonly text: string;
  readonly user: string | null;
  /** A name, an alias of the user's ssh configuration, or an address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: string | null;
  /** Socket of a connection of this run that further ones share. */
  readonly shared?: string;
}

/** Reads `[USER@]HOST[:PORT]`; null when it is none. An IPv6 address with a port stands in brackets. */
export function parseDestination(text: string): Destination | null {
  // The last @, because the name of a Windows domain account may hold one.
  const [, user, rest = ""] = /^(?:(.+)@)?([^@]+)$/.exec(text) ?? [];
  const [, bracketed, plain, port] =
    /^(?:\[([^[\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(rest) ?? [];
  const host = bracketed ?? plain ?? (IPV6.test(rest) ? rest : undefined);
  if (host === undefined || !isHarmless(host) || (user !== undefined && !isHarmless(user)))
    return null;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return null;
  return { text, user: user ?? null, host, port: port ?? null };
}

const IPV6 = /^[\da-f]*:[\da-f]*:[\da-f:.]*(%\w+)?$/i;

/** Nothing that ssh would take for an option, and nothing that a ProxyCommand's shell would read as more than a word. */
function isHarmless(word: string): boolean {
  return /^[\w.%:@\\+~][\w.%:@\\+~-]*$/.test(word);
}

/** `[USER@]HOST`, as ssh wants it. */
export function loginName({ user, host }: Destination): string {
  return user === null ? host : `${user}@${host}`;
}

/** `[USER@]HOST:FILE`, as scp wants it. */
export function fileThere(destination: Destination, file: string): string {
  const { user, host } = destination;
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return `${loginName({ ...destination, host: bracketed, user })}:${file}`;
}
