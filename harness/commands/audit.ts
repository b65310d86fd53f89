import path from "node:path";
import { auditReporterNames, renderAudit } from "../../reports/audit/reporters.ts";
import { openRunFolder } from "../../runners/run-folder.ts";
import { advise } from "../audit/advise.ts";
import { openBinders, type Binders } from "../audit/attempts/binders.ts";
import { CENSUS_COUNT } from "../audit/attempts/count-shares.ts";
import { auditExitCode } from "../audit/audit-exit-code.ts";
import type { AuditedPort, AuditReport, JudgedListener } from "../audit/audit-report.ts";
import { startCommand, type SupervisedCommand } from "../audit/command/supervised-command.ts";
import { HoldingsProblem, type Holdings } from "../audit/holdings/held-socket.ts";
import { openHoldings } from "../audit/holdings/open-holdings.ts";
import { judgeListener } from "../audit/judge.ts";
import { recogniseRuntime } from "../audit/recognise-runtime.ts";
import { auditPorts } from "../audit/audit-ports.ts";
import type { Hello } from "../binder/protocol.ts";
import { InputError } from "../model/problem.ts";
import { BinderLost } from "../binder-client/binder-process.ts";
import { TargetProblem } from "../model/target-problem.ts";
import {
  auditArguments,
  parseAudit,
  type AuditOptions,
  type AuditRequest,
} from "./audit-request.ts";
import { EXIT_INTERRUPTED } from "../session/exit-code.ts";
import { demandFree, findRunning, findStarted } from "./find-asked.ts";
import { HARNESS_VERSION } from "../session/harness-version.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { openOutput, parseReporters } from "./outputs.ts";

/**
 * Can another process take a port of a server, and would it get its traffic? Starts the command, or looks at what runs,
 * and is the second binder in every way. Resolves to 0, 1 or 3 as `auditExitCode` has it, 3 too where the target is
 * lost, 130 when interrupted; the command and all that it started are gone by then. Throws InputError.
 */
export async function audit(words: readonly string[], options: AuditOptions): Promise<number> {
  const request = parseAudit(words, options);
  const plans = parseReporters(
    options.reporter.length === 0 ? ["pretty"] : options.reporter,
    auditReporterNames,
  );
  const interrupt = listenForInterrupt();
  try {
    const report = await (request.wine === null
      ? makeReport(request, interrupt.signal)
      : makeReportThere(request, request.wine.prefix, interrupt.signal));
    // Not opened before: an audit that comes to nothing leaves the reports of an earlier one.
    for (const { name, file } of plans) await renderAudit(name, report, openOutput(file, name));
    return auditExitCode(report.listeners.map(({ verdict }) => verdict));
  } catch (error) {
    if (interrupt.signal.aborted) return EXIT_INTERRUPTED;
    if (error instanceof HoldingsProblem) throw new InputError([error.message]);
    if (!(error instanceof TargetProblem || error instanceof BinderLost)) throw error;
    process.stderr.write(`audit: ${error.message}\n`);
    return 3;
  } finally {
    interrupt.release();
  }
}

/** By a whole audit that runs under Wine, where the command is started too. */
async function makeReportThere(
  request: AuditRequest,
  prefix: string | undefined,
  signal: AbortSignal,
): Promise<AuditReport> {
  const { auditUnderWine } = await import("../../runners/audit-under-wine.ts");
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
  const outcome = await auditUnderWine(auditArguments(request), { signal, say }, prefix);
  if ("wrong" in outcome) throw new InputError([outcome.wrong]);
  return JSON.parse(outcome.report) as AuditReport;
}

/** Rejects, whatever it is busy with, when the signal is aborted. Leaves no process and no file behind. */
async function makeReport(request: AuditRequest, signal: AbortSignal): Promise<AuditReport> {
  const binders = openBinders();
  try {
    const holdings = await openHoldings(request.filter, request.command !== null, binders);
    await demandFree(request, holdings);
    return await auditHeld(request, { holdings, binders, signal });
  } finally {
    binders.end();
  }
}

async function auditHeld(
  request: AuditRequest,
  means: Pick<Means, "holdings" | "binders" | "signal">,
): Promise<AuditReport> {
  const folder = openRunFolder();
  const output = path.join(folder.path, "output");
  const command = request.command && startCommand(request.command, output);
  try {
    const work = auditAll(request, { ...means, command, output });
    return await Promise.race([work, rejectWhenAborted(means.signal)]);
  } finally {
    await command?.end();
    await folder.remove();
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new Error("interrupted"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
}

interface Means {
  readonly holdings: Holdings;
  readonly binders: Binders;
  readonly command: SupervisedCommand | null;
  /** The file that the command writes to. */
  readonly output: string;
  readonly signal: AbortSignal;
}

async function auditAll(request: AuditRequest, means: Means): Promise<AuditReport> {
  const startedAt = new Date();
  const { holdings, binders, command, output, signal } = means;
  const listeners = command
    ? await findStarted(request, command, { output, holdings, signal })
    : await findRunning(request, holdings);
  const hello = await binders.hello();
  const { census } = request;
  const ports: AuditedPort[] = [];
  for await (const port of auditPorts({ listeners, holdings, binders, hello, census }))
    ports.push(port);
  return {
    version: 1,
    harness: HARNESS_VERSION,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    platform: hello.platform,
    os: `${hello.os.name} (${hello.os.kernel})`,
    options: hello.options,
    command: request.command,
    census: census ? CENSUS_COUNT : null,
    listeners: ports.flatMap((port) => judgePort(port, hello, request.command)),
    attempts: ports.flatMap(({ attempts }) => attempts),
  };
}

function judgePort(
  port: AuditedPort,
  { platform }: Hello,
  command: AuditRequest["command"],
): JudgedListener[] {
  const implied = command ? [{ pid: 0, executable: command[0], commandLine: null }] : [];
  return port.listeners.map((listener) => {
    const judgement = judgeListener(listener, port, platform);
    const { owners, protocol } = listener;
    const runtime = recogniseRuntime(owners.length > 0 ? owners : implied);
    const situation = { platform: platform.implements, runtime, protocol };
    return { ...listener, ...judgement, runtime, advice: advise(judgement.findings, situation) };
  });
}
