import type { Outcome } from "../model/observation.ts";
import type { Line, ObservationLine } from "./line.ts";

/**
 * Holds the lines of a stream, one after the other, against the order in which a run writes them: of each target one
 * `target` line before its observations and verdicts, and nothing behind the summary. Gives what is wrong with a line,
 * or null.
 */
export function createOrderCheck(): (line: Line) => string | null {
  let begun = new Set<string>();
  let isOver = false;
  return (line) => {
    if (line.type === "run") {
      begun = new Set();
      isOver = false;
      return null;
    }
    if (isOver) return `the '${line.type}' line is behind the summary of its run`;
    if (line.type === "summary") isOver = true;
    else if (line.type === "target") {
      if (begun.has(line.target)) return `'${line.target}' has a 'target' line already`;
      begun.add(line.target);
    } else if (line.type !== "target-problem" && !begun.has(line.target))
      return `'${line.target}' has ${line.type === "verdict" ? "a verdict" : "an observation"} before its 'target' line`;
    return line.type === "observation" && lacksSteps(line)
      ? `the observation of '${line.experiment.id}' lacks its steps`
      : null;
  };
}

/** A scenario that was decided has at least the step that decided it. */
function lacksSteps({ experiment, outcome, steps }: ObservationLine): boolean {
  const isDecided = DECIDED.includes(outcome.kind);
  return "scenario" in experiment && isDecided && (steps ?? []).length === 0;
}

const DECIDED: readonly Outcome["kind"][] = ["success", "error", "delivered", "value"];
