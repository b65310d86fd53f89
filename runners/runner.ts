import type { MeasureOptions } from "../harness/measure/measure-options.ts";
import type { Selection } from "../harness/model/selection.ts";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";

export { TargetProblem } from "../harness/model/target-problem.ts";

/** What a runner is asked to do. */
export interface RunRequest {
  /** Absolute paths of the case files, and which of their claims to take. */
  readonly selection: Selection;
  readonly options: MeasureOptions;
  /** Absolute path of a file of experiment ids, one a line, that are not to be measured again. */
  readonly except?: string;
  /** Aborted when the user interrupts: end everything that was started, at once. */
  readonly signal: AbortSignal;
  /** Progress for people: one short sentence. */
  readonly say: (sentence: string) => void;
  /** Measures on the system that this process runs on. */
  readonly measureHere: () => AsyncIterable<TargetLine | ObservationLine>;
}

/** Whether a target can be used on this machine. */
export type Availability =
  | { readonly here: true; readonly what: string }
  | { readonly here: false; readonly why: string; readonly mend: string };

/** A place where experiments run. Throws `TargetProblem` when it cannot start or is lost. */
export interface Runner {
  /** Name of the target in results: its NAME[:ARGUMENT] on the command line. */
  readonly name: string;
  availability(): Promise<Availability>;
  run(request: RunRequest): AsyncIterable<TargetLine | ObservationLine>;
}
