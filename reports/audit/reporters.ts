import type { AuditReport } from "../../harness/audit/audit-report.ts";
import type { Output } from "../reporter.ts";

/** Names for `--reporter NAME[=PATH]` of an audit. */
export const auditReporterNames = ["pretty", "json", "junit", "markdown", "sarif"] as const;

/** One of the names. */
export type AuditReporterName = (typeof auditReporterNames)[number];

/** Writes a whole report and closes the output; only the code of that reporter is loaded. */
export async function renderAudit(
  name: AuditReporterName,
  report: AuditReport,
  { output, sarifLocation }: AuditOutput,
): Promise<void> {
  await write(name, report, { output, sarifLocation });
  output.close();
}

/** Where a report goes. */
export interface AuditOutput {
  readonly output: Output;
  /** The file that SARIF points to; null for the one that fits. */
  readonly sarifLocation: string | null;
}

async function write(
  name: AuditReporterName,
  report: AuditReport,
  { output, sarifLocation }: AuditOutput,
): Promise<void> {
  switch (name) {
    case "pretty":
      return (await import("./pretty.ts")).writePrettyAudit(report, output);
    case "json":
      return output.write(`${JSON.stringify(report, null, 2)}\n`);
    case "junit":
      return (await import("./junit.ts")).writeJunitAudit(report, output);
    case "markdown":
      return (await import("./markdown.ts")).writeMarkdownAudit(report, output);
    case "sarif":
      return (await import("./sarif.ts")).writeSarifAudit(report, output, sarifLocation);
  }
}
