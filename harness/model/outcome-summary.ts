import type { Outcome } from "./observation.ts";
import { outcomeTokens } from "./outcome-token.ts";

/** An outcome in a few words, without what chance decides, such as how many datagrams each socket got. */
export function outcomeSummary(outcome: Outcome): string {
  switch (outcome.kind) {
    case "success":
      return "success";
    case "error":
      // The end of a stream, for example, is not a system error and has no number.
      return `${outcome.code}${outcome.errno === 0 ? "" : ` (${outcome.errno})`} at ${outcome.step}`;
    case "value":
    case "delivered":
      return outcomeTokens(outcome).join();
    case "skipped":
    case "broken":
      return `${outcome.kind}: ${outcome.reason}`;
    case "unstable":
      return `unstable: ${[...new Set(outcome.outcomes.map(outcomeSummary))].toSorted().join(", ")}`;
  }
}
