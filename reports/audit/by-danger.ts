import type { AuditVerdict, JudgedListener } from "../../harness/audit/audit-report.ts";
import { unmapped } from "../../harness/audit/mapped.ts";

/** The most dangerous first: what another account takes, then what the network reaches. */
export function byDanger(listeners: readonly JudgedListener[]): JudgedListener[] {
  return listeners.toSorted((a, b) => dangerOf(b) - dangerOf(a) || a.port - b.port);
}

const RANKS: Readonly<Record<AuditVerdict, number>> = {
  hijackable: 3,
  undecided: 2,
  "shared-by-design": 1,
  exclusive: 0,
};

function dangerOf({ verdict, findings, address }: JudgedListener): number {
  const isOpenToOthers = findings.some(({ account, isCopy }) => account === "other" && !isCopy);
  const isRemote = !/^127\.|^::1$/.test(unmapped(address));
  return RANKS[verdict] * 4 + Number(isOpenToOthers) * 2 + Number(isRemote);
}
