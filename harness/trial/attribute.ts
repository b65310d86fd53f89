import type { Evidence, Outcome } from "../model/observation.ts";
import type { TrialResult } from "./trial.ts";
import type { CallName } from "../model/vocabulary.ts";

/** The refusals that speak of somebody else holding the port; Winsock and POSIX names. */
const CONFLICT_CODES: ReadonlySet<string> = new Set([
  "EADDRINUSE",
  "EACCES",
  "WSAEADDRINUSE",
  "WSAEACCES",
]);

const CONFLICT_STEPS: ReadonlySet<CallName> = new Set(["bind", "listen", "connect"]);

/** Whether the second endpoint was refused because of a port that is held, as far as the code tells. */
export function isConflict(outcome: Outcome | undefined): boolean {
  return (
    outcome?.kind === "error" &&
    CONFLICT_STEPS.has(outcome.step) &&
    CONFLICT_CODES.has(outcome.code)
  );
}

/**
 * Whether a refusal may be due to another program's socket. EACCES is not: POSIX says it of a right that is missing, never of a port
 * that is held (POSIX.1-2017, bind).
 */
export function mayBeAnothers(outcome: Outcome): boolean {
  return isConflict(outcome) && outcome.kind === "error" && outcome.code !== "EACCES";
}

/** A refusal belongs to the first socket only if it is over once that socket is closed. */
export function attribute(refused: Outcome, again: Outcome, evidence: Evidence): TrialResult {
  if (again.kind === "success")
    return {
      counts: true,
      outcome: refused,
      evidence: { ...evidence, afterFirstClosed: "success" },
    };
  if (again.kind === "error")
    return {
      counts: false,
      reason: "port-held-by-another",
      why: `the second endpoint stayed refused (${again.code}) after the first was closed`,
    };
  return { counts: true, outcome: again, evidence };
}
