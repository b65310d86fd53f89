import type { Claim, ExpectedOutcome } from "../model/claim.ts";
import { isAsExpected } from "../model/expected-value.ts";
import type { Outcome } from "../model/observation.ts";
import type { Verdict } from "../model/verdict.ts";

/** Holds what is said against what is seen. The only place where the two meet. */
export function judge(claim: Pick<Claim, "allowed" | "needs">, outcome: Outcome): Verdict {
  if (claim.needs !== undefined)
    return { word: "skipped", reason: "not-askable", detail: claim.needs };
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
    case "value":
      // A scenario of which the document leaves everything open.
      if (claim.allowed.length === 0)
        return {
          word: "skipped",
          reason: "undetermined",
          detail: "the document leaves open what happens",
        };
      return {
        word: claim.allowed.some((expected) => allows(expected, outcome)) ? "held" : "contradicted",
      };
  }
}

function allows(expected: ExpectedOutcome, outcome: Outcome): boolean {
  if (expected.kind === "refused") return outcome.kind === "error";
  if (expected.kind === "value") return outcome.kind === "value" && isValue(expected, outcome);
  if (expected.kind === "delivered")
    return outcome.kind === "delivered" && isDelivered(expected.to, outcome);
  if (expected.kind !== "error" || outcome.kind !== "error") return expected.kind === outcome.kind;
  // Winsock numbers are the same on every Windows; errno numbers differ by system, so there the name counts.
  const given = typeof expected.code === "number" ? outcome.errno : outcome.code;
  return given === expected.code && outcome.step === expected.step;
}

function isValue(
  { value, size }: Extract<ExpectedOutcome, { kind: "value" }>,
  seen: Extract<Outcome, { kind: "value" }>,
): boolean {
  if (size !== undefined && size !== seen.size) return false;
  return value === undefined || isAsExpected(seen.value, value);
}

type Delivered = Extract<Outcome, { kind: "delivered" }>;

/**
 * `nobody`: no socket got anything. `each`: every socket got something. `all`: every socket got everything. Else the named ones, joined
 * by `+`, got all that came, and something came.
 */
function isDelivered(to: string, { shares, sent }: Delivered): boolean {
  const entries = Object.entries(shares);
  if (to === "nobody") return entries.every(([, count]) => count === 0);
  if (to === "all") return entries.every(([, count]) => count === sent);
  if (to === "each") return entries.every(([, count]) => count > 0);
  const named = to.split("+");
  const came = entries.reduce((sum, [, count]) => sum + count, 0);
  const toOthers = entries.filter(([socket, count]) => count > 0 && !named.includes(socket));
  return came > 0 && toOthers.length === 0;
}
