import { isIP, SocketAddress } from "node:net";
import { networkInterfaces } from "node:os";
import { localAddresses } from "../audit/attempts/local-addresses.ts";
import type { ListenerFilter } from "../audit/holdings/find-listeners.ts";
import { InputError } from "../model/problem.ts";

/** What commander hands over. */
export interface AuditOptions {
  readonly port?: string;
  readonly address?: string;
  readonly protocol?: string;
  readonly on: string;
  readonly census?: boolean;
  readonly readyTimeout: string;
  readonly reporter: readonly string[];
}

/** What to audit. */
export interface AuditRequest {
  readonly filter: ListenerFilter;
  /** The words of a command to start; null to look at what runs already. */
  readonly command: readonly [string, ...string[]] | null;
  /** Null for this machine itself; else Wine, with the prefix that was asked for. */
  readonly wine: { readonly prefix: string | undefined } | null;
  readonly census: boolean;
  /** How long the command may take to hold its port, in milliseconds. */
  readonly readyMs: number;
}

/** Reads the arguments. Throws InputError. */
export function parseAudit(words: readonly string[], options: AuditOptions): AuditRequest {
  const { port, address, protocol, census = false, readyTimeout } = options;
  const [file, ...rest] = words;
  if (port === undefined && file === undefined)
    throw new InputError([
      "audit: say --port PORT for what runs already, or a command behind --, such as: bindcheck audit -- node server.js",
    ]);
  return {
    filter: {
      port: port === undefined ? null : readPort(port),
      address: address === undefined ? null : readAddress(address),
      protocol: readProtocol(protocol),
    },
    command: file === undefined ? null : [file, ...rest],
    wine: readTarget(options.on, file),
    census,
    readyMs: readMilliseconds(readyTimeout),
  };
}

/** The same as words of a command line. */
export function auditArguments({ filter, command, census, readyMs }: AuditRequest): string[] {
  const given = Object.entries(filter).filter(([, value]) => value !== null);
  return [
    ...given.map(([name, value]) => `--${name}=${value}`),
    ...(census ? ["--census"] : []),
    `--ready-timeout=${readyMs}`,
    "--",
    ...(command ?? []),
  ];
}

function readTarget(text: string, file: string | undefined): AuditRequest["wine"] {
  const found = /^(?:local|wine(?::(?<prefix>.+))?)$/.exec(text);
  if (!found)
    throw new InputError([
      `--on: '${text}' is no place for an audit (allowed: local, wine, wine:PREFIX; on another machine run bindcheck there)`,
    ]);
  if (text === "local") return null;
  if (file !== undefined) return { prefix: found.groups?.["prefix"] };
  throw new InputError([`--on ${text}: nothing runs there yet, so give a command behind --`]);
}

const MAX_PORT = 65_535;

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port > 0 && port <= MAX_PORT) return port;
  throw new InputError([`--port: '${text}' is no port (a number from 1 to ${MAX_PORT})`]);
}

/** Only what is bound to this address itself is asked for. */
function readAddress(text: string): string {
  if (isIP(text) === 0)
    throw new InputError([
      `--address: '${text}' is no IP address (such as 127.0.0.1, 0.0.0.0 or ::)`,
    ]);
  const address = canonical(text);
  if (isLocal(address)) return address;
  throw new InputError([
    `--address: ${text} is no address of this machine (its own are ${ownAddresses().join(", ")}; 0.0.0.0 and :: are the wildcards)`,
  ]);
}

/** As the tables of sockets have it: in its shortest form, a link-local address with the number of its interface. */
function canonical(text: string): string {
  const [bare = "", zone] = text.split("%");
  const family = isIP(bare) === 6 ? "ipv6" : "ipv4";
  const { address } = new SocketAddress({ address: bare, family });
  const scopes = Object.entries(networkInterfaces()).flatMap(([name, infos = []]) =>
    infos.flatMap((info) =>
      info.family === "IPv6" && info.address === address && info.scopeid !== 0
        ? [{ name, id: String(info.scopeid) }]
        : [],
    ),
  );
  const scope =
    zone === undefined ? scopes[0] : scopes.find(({ name, id }) => zone === name || zone === id);
  return [address, ...(scope ? [scope.id] : zone === undefined ? [] : [zone])].join("%");
}

/** RFC 1122, 3.2.1.3: the whole of 127.0.0.0/8 is the machine itself. */
function isLocal(address: string): boolean {
  return (
    ["0.0.0.0", "::"].includes(address) ||
    /^(::ffff:)?127\./i.test(address) ||
    ownAddresses().includes(address.replace(/^::ffff:(?=\d)/i, ""))
  );
}

function ownAddresses(): string[] {
  const { ipv4, ipv6 } = localAddresses(networkInterfaces(), process.platform);
  return [...ipv4, ...ipv6];
}

function readProtocol(text: string | undefined): "tcp" | "udp" | null {
  if (text === undefined || text === "tcp" || text === "udp") return text ?? null;
  throw new InputError([`--protocol: '${text}' is unknown (allowed: tcp, udp)`]);
}

function readMilliseconds(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value > 0) return value;
  throw new InputError([
    `--ready-timeout: '${text}' is no time (a whole number of milliseconds above 0)`,
  ]);
}
