import type { VerdictLine } from "../harness/results/line.ts";
import type { RunFacts } from "./run-facts.ts";
import {
  citationLines,
  evidenceTexts,
  expectedText,
  observedText,
  sourceText,
  reasonText,
} from "./sentences.ts";

/** Why a claim did not hold, over several lines, for reports that show such a text below a failed case. */
export function failureText(verdict: VerdictLine, facts: RunFacts): string {
  const document = facts.document(verdict.document);
  const observation = facts.observation(verdict);
  return [
    ...(verdict.reason ? [`reason:   ${reasonText(verdict)}`] : []),
    `expected: ${expectedText(verdict.claim.expect, document)}`,
    `observed: ${observedText(facts.outcome(verdict))}`,
    ...(document ? [`citation: ${citationLines(document).join("\n          ")}`] : []),
    `at:       ${sourceText(verdict.claim.source)}`,
    ...(observation ? ["evidence:", ...evidenceTexts(observation).map((fact) => `  ${fact}`)] : []),
  ].join("\n");
}
