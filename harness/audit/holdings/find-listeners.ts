import type { Listener, Owner } from "../listener.ts";
import type { HeldSocket } from "./held-socket.ts";

/** Which listeners are asked for. */
export interface ListenerFilter {
  readonly port: number | null;
  readonly address: string | null;
  readonly protocol: "tcp" | "udp" | null;
}

export const EVERY_LISTENER: ListenerFilter = { port: null, address: null, protocol: null };

/** Sockets by what they hold: those of one name and account, as workers with SO_REUSEPORT have them, are one listener. */
export function findListeners(sockets: readonly HeldSocket[], filter: ListenerFilter): Listener[] {
  const listeners = new Map<string, Listener>();
  const asked = sockets.filter((each) => isAskedFor(each, filter));
  for (const { inode: _, isClient: __, ...socket } of asked) {
    const key = listenerKey(socket);
    const before = listeners.get(key);
    listeners.set(key, before ? { ...before, owners: unite(before, socket) } : socket);
  }
  return [...listeners.values()].toSorted(
    (a, b) => a.port - b.port || listenerKey(a).localeCompare(listenerKey(b)),
  );
}

/** Tells listeners apart; stays the same while a server holds it, whatever processes it has. */
export function listenerKey({
  protocol,
  family,
  address,
  port,
  peer,
  device,
  account,
}: Omit<Listener, "owners">): string {
  return [protocol, family, address, port, peer?.address, peer?.port, device, account?.id].join(
    " ",
  );
}

function isAskedFor(
  { protocol, address, port, isClient = false }: HeldSocket,
  { port: askedPort, address: askedAddress, protocol: askedProtocol }: ListenerFilter,
): boolean {
  return (
    (askedPort === null ? !isClient : port === askedPort) &&
    (askedProtocol === null || protocol === askedProtocol) &&
    (askedAddress === null || address === askedAddress)
  );
}

function unite(a: Listener, b: Listener): Owner[] {
  const owners = [...a.owners, ...b.owners];
  return [...new Map(owners.map((owner) => [owner.pid, owner])).values()];
}
