import type { Listener } from "./listener.ts";
import type { Binders } from "./attempts/binders.ts";
import { auditPort } from "./audit-port.ts";
import type { AuditedPort } from "./audit-report.ts";
import type { Hello } from "../binder/protocol.ts";
import { findListeners, listenerKey, type ListenerFilter } from "./holdings/find-listeners.ts";
import type { Holdings } from "./holdings/held-socket.ts";

/** What to try, and how to look again afterwards. */
export interface AuditRequest {
  readonly listeners: readonly Listener[];
  readonly holdings: Holdings;
  /** The processes whose listeners they are; null for whoever holds them. */
  readonly members: () => Promise<readonly number[] | null>;
  readonly binders: Binders;
  readonly hello: Hello;
  readonly census: boolean;
}

/** Audits port after port. Throws BinderLost. */
export async function* auditPorts(request: AuditRequest): AsyncGenerator<AuditedPort> {
  const { holdings, members } = request;
  const stillHeld = async () => {
    const sockets = await holdings.read(await members());
    const held = new Set(findListeners(sockets, ALL).map(listenerKey));
    return (listener: Listener) => held.has(listenerKey(listener));
  };
  for (const [first, ...rest] of byPort(request.listeners))
    if (first) {
      const { ownAccount } = holdings;
      yield await auditPort({ ...request, ownAccount, listeners: [first, ...rest], stillHeld });
    }
}

const ALL: ListenerFilter = { port: null, address: null, protocol: null };

/** Those of one account each: it decides who can be the second binder. */
function byPort(listeners: readonly Listener[]): Listener[][] {
  const ports = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const key = [listener.protocol, listener.port, listener.account?.id].join(" ");
    ports.set(key, [...(ports.get(key) ?? []), listener]);
  }
  return [...ports.values()];
}
