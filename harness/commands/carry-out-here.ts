import type { Reporter } from "../../reports/reporter.ts";
import type { Pair } from "../trial/pair.ts";
import { carryOut } from "../session/carry-out.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { openReportersOf, type ReporterPlan } from "./outputs.ts";
import type { SessionPlan } from "../session/plan-session.ts";
import type { Progress } from "../session/progress.ts";
import { createRecord, type RunRecord } from "../session/record.ts";

/** What a command of the command line puts into a session. */
export interface CommandSession {
  readonly startedAt: Date;
  readonly progress: Progress;
  readonly outputs: readonly ReporterPlan[];
  /** Others that hear of every line, opened already. */
  readonly listeners: readonly Reporter[];
  readonly early?: Pair | undefined;
}

/** Carries a session out for whoever sits at a terminal, who may interrupt it. Throws InputError. */
export async function carryOutHere(
  plan: SessionPlan,
  { startedAt, progress, outputs, listeners, early }: CommandSession,
): Promise<RunRecord["result"] & { readonly isInterrupted: boolean }> {
  const { signal, release } = listenForInterrupt();
  try {
    const { result } = await carryOut(plan, {
      startedAt,
      arguments: process.argv.slice(2),
      signal,
      say: progress.say,
      early,
      async openRecord() {
        const { reporters, replace } = await openReportersOf(plan.resumption, outputs);
        const record = createRecord([...reporters, ...listeners], plan.documents, progress);
        return { record, hasCaughtUp: replace };
      },
    });
    return { ...result, isInterrupted: signal.aborted };
  } finally {
    release();
  }
}
