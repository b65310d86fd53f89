import type { VerdictLine } from "../../harness/results/line.ts";
import { failureText } from "../failure-text.ts";
import type { RunFacts } from "../run-facts.ts";
import { contradictionText, observedText, reasonText } from "../sentences.ts";
import type { JunitCase } from "./report.ts";

/** The part of a case that says why it did not pass; empty when it did. */
export function junitFailure(verdict: VerdictLine, facts: RunFacts): Pick<JunitCase, "result"> {
  switch (verdict.verdict) {
    case "held":
    case "known-deviation":
      return {};
    case "skipped":
      return { result: { kind: "skipped", message: reasonText(verdict) } };
    case "contradicted":
    case "stale-deviation": {
      const observed = observedText(facts.outcome(verdict));
      const message =
        verdict.detail === undefined
          ? contradictionText(verdict.claim.expect, observed)
          : `${verdict.verdict}: ${verdict.detail}`;
      return {
        result: {
          kind: "failure",
          type: verdict.verdict,
          message,
          text: failureText(verdict, facts),
        },
      };
    }
    case "broken": {
      const type = verdict.reason ?? "broken";
      return {
        result: {
          kind: "error",
          type,
          message: reasonText(verdict),
          text: failureText(verdict, facts),
        },
      };
    }
  }
}
