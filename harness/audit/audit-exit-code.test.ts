import { expect, test } from "vitest";
import type { AuditVerdict } from "./audit-report.ts";
import { auditExitCode } from "./audit-exit-code.ts";

test.each<[AuditVerdict[], number]>([
  [["exclusive"], 0],
  [["exclusive", "shared-by-design"], 0],
  [["exclusive", "hijackable", "undecided"], 1],
  [["undecided", "exclusive"], 3],
])("%j ends with %i", (verdicts, code) => {
  expect(auditExitCode(verdicts)).toBe(code);
});
