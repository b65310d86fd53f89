import type { Outcome, StepObservation } from "../model/observation.ts";
import { mayBeAnothers } from "../trial/attribute.ts";
import { agreedSteps, isAlike } from "./agreement.ts";

/** The tries of one experiment. */
export interface Tries {
  readonly outcomes: Outcome[];
  /** For a scenario or an option: the observed steps of each try that is in `outcomes`. */
  readonly steps: (readonly StepObservation[])[];
  /** Why tries could not count. */
  readonly discarded: string[];
}

// A refusal that no other try has may be another program's, once or twice; more often it is the system's.
const MOST = 2;

/**
 * Discards the try that alone was refused a port where two others agree that it is free: another program may have had it, also
 * where the refusal ended with the first endpoint. True where the tries stand as they are, false where another has to tell.
 */
export function settleLoneRefusal(tries: Tries): boolean {
  const { steps, outcomes, discarded } = tries;
  const lone = discarded.length < MOST ? findLoneRefusal(tries) : null;
  if (lone === null) return true;
  if (outcomes.length === 2) return false; // a third tells which of them was by chance
  steps.splice(lone.index, 1);
  outcomes.splice(lone.index, 1);
  discarded.push(`${lone.refusal} in one try alone: another program may have had its port`);
  return false;
}

function findLoneRefusal({
  steps,
  outcomes,
}: Tries): { readonly index: number; readonly refusal: string } | null {
  const tries = steps.length > 0 ? steps : outcomes.map(asOneStep);
  for (const [index, lone] of tries.entries()) {
    const refusal = refusalAmong(lone, tries.toSpliced(index, 1));
    if (refusal !== null) return { index, refusal };
  }
  return null;
}

function asOneStep(outcome: Outcome): StepObservation[] {
  return [{ step: 0, label: "the second endpoint", outcome }];
}

/** Where a try first differs from others that agree: the step, if it was refused a port that they could have. */
function refusalAmong(
  lone: readonly StepObservation[],
  others: readonly (readonly StepObservation[])[],
): string | null {
  const agreement = agreedSteps(others).map(({ outcome }) => outcome);
  if (agreement.some(({ kind }) => kind === "unstable")) return null;
  for (const [place, { label, outcome }] of lone.entries()) {
    const other = agreement[place];
    if (!other || isAlike(outcome, other)) continue;
    const isRefusal = outcome.kind === "error" && mayBeAnothers(outcome);
    return isRefusal && other.kind === "success" ? `${label}: ${outcome.code}` : null;
  }
  return null;
}
