import type { Judged } from "./matrix/judged.ts";

/** What a reporter collected while the run went on. */
export interface Collected<Verdict = Judged> {
  readonly verdicts: readonly Verdict[];
  readonly problems: readonly TargetProblem[];
  readonly observations: number;
}

/** Why a target could not be measured to the end. */
export interface TargetProblem {
  readonly target: string;
  readonly problem: string;
}
