import type { VerdictLine } from "../../harness/results/line.ts";
import { legible, oneLine } from "../legible.ts";
import { judged, type Judged } from "../matrix/judged.ts";
import type { RunFacts } from "../run-facts.ts";
import { scenarioStepTexts } from "../scenario-steps.ts";
import { evidenceTexts } from "../sentences.ts";

/** A verdict with all that the page shows when it is opened. */
export interface PageVerdict extends Judged {
  /** The steps of a scenario, one a line. */
  readonly steps: readonly string[];
  /** A fact a line; empty when nothing was observed. */
  readonly evidence: readonly string[];
}

/** The parts of a verdict and its observation that are shown. */
export function pageVerdict(verdict: VerdictLine, facts: RunFacts): PageVerdict {
  const observation = facts.observation(verdict);
  return {
    ...judged(verdict, facts),
    steps: observation === undefined ? [] : scenarioStepTexts(observation.experiment).map(oneLine),
    evidence: observation === undefined ? [] : evidenceTexts(observation).map(legible),
  };
}
