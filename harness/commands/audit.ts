import { auditReporterNames, renderAudit } from "../../reports/audit/reporters.ts";
import { auditExitCode } from "../audit/audit-exit-code.ts";
import type { AuditReport } from "../audit/audit-report.ts";
import { HoldingsProblem } from "../audit/holdings/held-socket.ts";
import { makeReport } from "../audit/make-report.ts";
import { BinderLost } from "../binder-client/binder-process.ts";
import { InputError } from "../model/problem.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { EXIT_BROKEN, EXIT_INTERRUPTED } from "../session/exit-code.ts";
import { HARNESS_VERSION } from "../session/harness-version.ts";
import {
  auditArguments,
  parseAudit,
  type AuditCommand,
  type AuditOptions,
} from "./audit-request.ts";
import { listenForInterrupt } from "../session/interrupt.ts";
import { openOutput } from "../outputs/outputs.ts";
import { parseReporters } from "../outputs/plan-reporters.ts";

/**
 * Can another process take a port of a server, and would it get its traffic? Resolves to 0, 1 or 3 as `auditExitCode`
 * has it, 3 too where the target is lost, 130 when interrupted; the command and all that it started are gone by then.
 * Throws InputError.
 */
export async function audit(words: readonly string[], options: AuditOptions): Promise<number> {
  const request = parseAudit(words, options);
  const plans = parseReporters(
    options.reporter.length === 0 ? ["pretty"] : options.reporter,
    auditReporterNames,
    () => null,
  );
  const { signal, release } = listenForInterrupt();
  try {
    const report = await (request.wine === null
      ? makeReport(request, HARNESS_VERSION, signal)
      : makeReportThere(request, request.wine.prefix, signal));
    signal.throwIfAborted();
    // Not opened before: an audit that fails leaves the reports of an earlier one.
    for (const { name, file } of plans) {
      const output = openOutput(file, name);
      await renderAudit(name, report, { output, sarifLocation: request.sarifLocation });
    }
    return auditExitCode(report.listeners.map(({ verdict }) => verdict));
  } catch (error) {
    if (signal.aborted) return EXIT_INTERRUPTED;
    if (error instanceof HoldingsProblem) throw new InputError([error.message]);
    if (!(error instanceof TargetProblem || error instanceof BinderLost)) throw error;
    process.stderr.write(`audit: ${error.message}\n`);
    return EXIT_BROKEN;
  } finally {
    release();
  }
}

/** By a whole audit that runs under Wine, where the command is started too. */
async function makeReportThere(
  request: AuditCommand,
  prefix: string | undefined,
  signal: AbortSignal,
): Promise<AuditReport> {
  const { auditUnderWine } = await import("../../runners/audit-under-wine.ts");
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const outcome = await auditUnderWine(auditArguments(request), { signal, say }, prefix);
  if ("wrong" in outcome) throw new InputError(outcome.wrong.split("\n"));
  return JSON.parse(outcome.report) as AuditReport;
}
