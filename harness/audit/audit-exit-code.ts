import type { AuditVerdict } from "./audit-report.ts";

/** 1 something can be hijacked; else 3 something could not be decided; else 0. */
export function auditExitCode(verdicts: readonly AuditVerdict[]): 0 | 1 | 3 {
  if (verdicts.includes("hijackable")) return 1;
  return verdicts.includes("undecided") ? 3 : 0;
}
