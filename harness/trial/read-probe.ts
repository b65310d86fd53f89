import type { StepResult } from "../binder/protocol.ts";
import { isConflict } from "./attribute.ts";
import type { TrialResult } from "./trial.ts";
import { stepOutcome } from "./step-outcome.ts";

/** What the probe of a port says: why nothing can be tried there; null when the port is free. */
export function readProbe(result: StepResult | undefined, port: number): TrialResult | null {
  if (result?.errno === undefined) return null;
  const outcome = stepOutcome(result, "bind");
  if (outcome.kind !== "error") return { counts: true, outcome, evidence: {} };
  return isConflict(outcome)
    ? {
        counts: false,
        reason: "port-held-by-another",
        why: `port ${port} was taken: ${outcome.code}`,
      }
    : {
        counts: false,
        reason: "setup-failed",
        why: `port ${port} cannot be bound: ${outcome.code}`,
      };
}
