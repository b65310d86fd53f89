import type { VerdictLine } from "../../harness/results/line.ts";
import type { RunFacts } from "../run-facts.ts";
import {
  citationText,
  contradictionText,
  evidenceTexts,
  expectedText,
  observedText,
  placeText,
  reasonText,
} from "../sentences.ts";
import type { JunitCase } from "./report.ts";

/** The part of a case that says why it did not pass; empty when it did. */
export function junitFailure(verdict: VerdictLine, facts: RunFacts): Pick<JunitCase, "result"> {
  switch (verdict.verdict) {
    case "held":
      return {};
    case "skipped":
      return { result: { kind: "skipped", message: reasonText(verdict) } };
    case "contradicted": {
      const observed = observedText(facts.observation(verdict));
      const message = contradictionText(verdict.claim.expect, observed);
      return {
        result: { kind: "failure", type: "contradicted", message, text: text(verdict, facts) },
      };
    }
    case "broken": {
      const type = verdict.reason ?? "broken";
      return {
        result: { kind: "error", type, message: reasonText(verdict), text: text(verdict, facts) },
      };
    }
  }
}

function text(verdict: VerdictLine, facts: RunFacts): string {
  const document = facts.document(verdict.document);
  const observation = facts.observation(verdict);
  return [
    ...(verdict.reason ? [`reason:   ${reasonText(verdict)}`] : []),
    `expected: ${expectedText(verdict.claim.expect, document)}`,
    `observed: ${observedText(observation)}`,
    ...(document ? [`citation: ${citationText(document)}`, `          ${document.url}`] : []),
    `at:       ${placeText(verdict.claim.source)}`,
    ...(observation ? ["evidence:", ...evidenceTexts(observation).map((fact) => `  ${fact}`)] : []),
  ].join("\n");
}
