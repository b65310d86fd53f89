import type { VerdictLine } from "../../harness/results/line.ts";
import { failureText } from "../failure-text.ts";
import type { RunFacts } from "../run-facts.ts";
import { contradictionText, observedText, reasonText } from "../sentences.ts";
import type { JunitCase, JunitResult } from "./report.ts";

/** What a case says besides its name: why it did not pass and where that is said, or how it deviates. */
export function junitResult(
  verdict: VerdictLine,
  facts: RunFacts,
): Pick<JunitCase, "result" | "source" | "output"> {
  switch (verdict.verdict) {
    case "held":
      return {};
    case "known-deviation":
      return { output: `known deviation: ${deviationText(verdict, facts)}` };
    case "skipped":
      return { result: { kind: "skipped", message: reasonText(verdict) } };
    case "contradicted":
    case "stale-deviation":
    case "broken":
      return { source: verdict.claim.source, result: failure(verdict, facts) };
  }
}

function failure(verdict: VerdictLine, facts: RunFacts): JunitResult {
  const text = failureText(verdict, facts);
  if (verdict.verdict === "broken") {
    const type = verdict.reason ?? "broken";
    return { kind: "error", type, message: reasonText(verdict), text };
  }
  const message =
    verdict.detail === undefined
      ? contradictionText(verdict.claim.expect, observedText(facts.outcome(verdict)))
      : `${verdict.verdict}: ${verdict.detail}`;
  return { kind: "failure", type: verdict.verdict, message, text };
}

function deviationText(verdict: VerdictLine, facts: RunFacts): string {
  const text = contradictionText(verdict.claim.expect, observedText(facts.outcome(verdict)));
  return verdict.detail === undefined ? text : `${text}; ${verdict.detail}`;
}
