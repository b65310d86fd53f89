import type { Pair } from "../trial/pair.ts";
import { carryOutHere } from "./carry-out-here.ts";
import { exitCode } from "../session/exit-code.ts";
import { openKnownWriter } from "./open-known-writer.ts";
import { planReporters } from "./outputs.ts";
import { planSession, type SessionOptions } from "../session/plan-session.ts";
import { createProgress } from "../session/progress.ts";

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
  const session = { startedAt, progress, outputs: reporterPlans, listeners: known, early };
  const result = await carryOutHere(plan, session);
  return exitCode({ ...result, failOnSkip: options.failOnSkip ?? false });
}
