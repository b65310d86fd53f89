import type { Listener } from "./listener.ts";
import type { Binders } from "./attempts/binders.ts";
import { auditPort } from "./audit-port.ts";
import type { AuditedPort } from "./audit-report.ts";
import type { Hello } from "../binder/protocol.ts";
import type { Holdings } from "./holdings/held-socket.ts";

/** What to try, and how to look at it meanwhile. */
export interface Audit {
  readonly listeners: readonly Listener[];
  readonly holdings: Holdings;
  readonly binders: Binders;
  readonly hello: Hello;
  readonly census: boolean;
}

/** Audits port after port. Throws BinderLost. */
export async function* auditPorts({ listeners, ...means }: Audit): AsyncGenerator<AuditedPort> {
  for (const [first, ...rest] of byPort(listeners))
    if (first) yield await auditPort({ ...means, listeners: [first, ...rest] });
}

/** Those of one account each: it decides who can be the second binder. */
function byPort(listeners: readonly Listener[]): Listener[][] {
  const ports = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const key = [listener.protocol, listener.port, listener.account?.id].join(" ");
    ports.set(key, [...(ports.get(key) ?? []), listener]);
  }
  return [...ports.values()];
}
