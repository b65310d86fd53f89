import type { Claim, ExpectedOutcome } from "../claims/claim.ts";
import type { Outcome } from "../observations/observation.ts";
import type { Verdict } from "./verdict.ts";

/** Holds what is said against what is seen. The only place where the two meet. */
export function judge(claim: Pick<Claim, "allowed">, outcome: Outcome): Verdict {
  switch (outcome.kind) {
    case "skipped":
    case "broken":
      return { word: outcome.kind, reason: outcome.reason, detail: outcome.detail };
    case "unstable":
      return {
        word: "broken",
        reason: "unstable",
        detail: `${outcome.outcomes.length} tries did not come out alike`,
      };
    case "success":
    case "error":
    case "delivered":
      return {
        word: claim.allowed.some((expected) => allows(expected, outcome)) ? "held" : "contradicted",
      };
  }
}

function allows(expected: ExpectedOutcome, outcome: Outcome): boolean {
  if (expected.kind === "delivered")
    return outcome.kind === "delivered" && isDelivered(expected.to, outcome.shares);
  if (expected.kind !== "error" || outcome.kind !== "error") return expected.kind === outcome.kind;
  // Winsock numbers are the same on every Windows; errno numbers differ by system, so there the name counts.
  const given = typeof expected.code === "number" ? outcome.errno : outcome.code;
  return given === expected.code && outcome.step === expected.step;
}

/** `each`: every socket got something. Else the named one got all there was, and there was something. */
function isDelivered(to: string, shares: Readonly<Record<string, number>>): boolean {
  const entries = Object.entries(shares);
  if (to === "each") return entries.every(([, count]) => count > 0);
  return entries.every(([socket, count]) => count > 0 === (socket === to));
}
