import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import type { Preparation } from "./prepare/preparation.ts";

export { TargetProblem } from "../harness/model/target-problem.ts";

/** Whether a target can be used on this machine. */
export type Availability =
  | { readonly here: true; readonly what: string }
  | { readonly here: false; readonly why: string; readonly mend: string };

/** A way to start binders somewhere. */
export interface Runner {
  /** Name of the target in results: its NAME[:ARGUMENT] on the command line. */
  readonly name: string;
  /** Its binders have other processors than this machine's. */
  readonly isElsewhere?: true;
  availability(): Promise<Availability>;
  /** Gets the target ready for binders. Throws TargetProblem when that fails, or was aborted. */
  open(preparation: Preparation): Promise<OpenTarget>;
}
