import type { Reporter } from "../../reports/reporter.ts";
import type { Pair } from "../trial/pair.ts";
import { carryOut } from "../session/carry-out.ts";
import { listenForInterrupt } from "../session/interrupt.ts";
import { openReportersOf } from "../outputs/outputs.ts";
import type { Loudness, ReporterPlan } from "../outputs/plan-reporters.ts";
import type { SessionPlan } from "../session/plan-session.ts";
import type { Progress } from "../session/progress.ts";
import { createRecord, type RunRecord } from "../session/record.ts";

/** What a command adds to a session. */
interface TerminalSession {
  readonly startedAt: Date;
  readonly progress: Progress;
  readonly outputs: readonly ReporterPlan[];
  /** Others that take every line, opened already. */
  readonly listeners: readonly Reporter[];
  readonly loudness?: Loudness;
  readonly early?: Pair | undefined;
}

/** Carries a session out for a user at a terminal, who may interrupt it. Throws InputError. */
export async function runAtTerminal(
  plan: SessionPlan,
  { startedAt, progress, outputs, listeners, loudness = {}, early }: TerminalSession,
): Promise<RunRecord["result"] & { readonly isInterrupted: boolean }> {
  const { signal, release } = listenForInterrupt();
  try {
    const { result } = await carryOut(plan, {
      startedAt,
      arguments: process.argv.slice(2),
      signal,
      say: progress.say,
      expect: progress.expect,
      early,
      async openRecord() {
        const { reporters, replace } = await openReportersOf(plan.resumption, outputs, loudness);
        const record = createRecord([...reporters, ...listeners], plan.documents, progress);
        return { record, hasCaughtUp: replace };
      },
    });
    return { ...result, isInterrupted: signal.aborted };
  } finally {
    release();
  }
}
