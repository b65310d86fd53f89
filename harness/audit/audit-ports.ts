import type { Listener } from "./listener.ts";
import type { Binders } from "./attempts/binders.ts";
import { auditPort } from "./audit-port.ts";
import type { AuditedPort } from "./audit-report.ts";
import { groupBy } from "../model/group-by.ts";
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
export async function auditPorts({ listeners, ...means }: Audit): Promise<AuditedPort[]> {
  const audited: AuditedPort[] = [];
  for (const [first, ...rest] of byPort(listeners))
    if (first) audited.push(await auditPort({ ...means, listeners: [first, ...rest] }));
  return audited;
}

/** Those of one account each: it decides who can be the second binder. */
function byPort(listeners: readonly Listener[]): Listener[][] {
  return [
    ...groupBy(listeners, ({ protocol, port, account }) =>
      [protocol, port, account?.id].join(" "),
    ).values(),
  ];
}
