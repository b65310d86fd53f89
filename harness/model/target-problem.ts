/** A target that cannot start or was lost. The message is one sentence that says what to do. */
export class TargetProblem extends Error {
  override readonly name = "TargetProblem";
}
