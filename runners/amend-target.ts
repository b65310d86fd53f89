import type { ObservationLine, TargetLine } from "../harness/results/line.ts";

/** The same lines, with what only the outside of a target knows of it added to the target's own. */
export async function* amendTarget(
  lines: AsyncIterable<TargetLine | ObservationLine>,
  amend: (line: TargetLine) => TargetLine,
): AsyncGenerator<TargetLine | ObservationLine> {
  for await (const line of lines) yield line.type === "target" ? amend(line) : line;
}
