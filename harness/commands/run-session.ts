import type { Reporter } from "../../reports/reporter.ts";
import type { Pair } from "../pair/pair.ts";
import { carryOut } from "./carry-out.ts";
import { exitCode } from "./exit-code.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { openReportersOf, planReporters } from "./outputs.ts";
import { planSession, type SessionOptions } from "./plan-session.ts";
import { createProgress } from "./progress.ts";
import { createRecord } from "./record.ts";

/** What commander hands over. */
export interface RunOptions extends SessionOptions {
  readonly reporter: readonly string[];
  readonly out: string;
  readonly writeKnown?: string;
  readonly failOnSkip?: boolean;
}

/**
 * Measures, judges, reports. Resolves to the exit code. `early` is a pair for this machine that is already coming up.
 * Throws InputError before anything is measured when the arguments or case files are wrong.
 */
export async function runSession(
  files: readonly string[],
  options: RunOptions,
  early: Pair | undefined,
): Promise<number> {
  const startedAt = new Date();
  const reporterPlans = planReporters(options.reporter, options.out);
  const progress = createProgress();
  const plan = await planSession(files, options, progress.say);
  const known = options.writeKnown === undefined ? [] : [await openKnownWriter(options.writeKnown)];
  const { signal, release } = listenForInterrupt();
  try {
    const { result } = await carryOut(plan, {
      startedAt,
      arguments: process.argv.slice(2),
      signal,
      say: progress.say,
      early,
      async openRecord() {
        const { reporters, replace } = await openReportersOf(plan.resumption, reporterPlans);
        const record = createRecord([...reporters, ...known], plan.documents, progress);
        return { record, hasCaughtUp: replace };
      },
    });
    const failOnSkip = options.failOnSkip ?? false;
    return exitCode({ ...result, isInterrupted: signal.aborted, failOnSkip });
  } finally {
    release();
  }
}

async function openKnownWriter(file: string): Promise<Reporter> {
  return (await import("../verdicts/write-known.ts")).createKnownWriter(file);
}
