import { isDeepStrictEqual } from "node:util";
import type { Outcome, StepObservation } from "../model/observation.ts";

/** What all tries came to, or `unstable` with every outcome. */
export function agreed(outcomes: readonly Outcome[]): Outcome {
  const [first, ...others] = outcomes;
  const isStable = first && others.every((other) => isAlike(first, other));
  return isStable ? first : { kind: "unstable", outcomes: [...outcomes] };
}

/** The same outcome; shares of a census count as the same when the same sockets got something, what broke by its reason. */
export function isAlike(one: Outcome, other: Outcome): boolean {
  if (one.kind === "broken" && other.kind === "broken") return one.reason === other.reason;
  if (one.kind !== "delivered" || other.kind !== "delivered") return isDeepStrictEqual(one, other);
  return Object.entries(one.shares).every(
    ([socket, count]) => count > 0 === (other.shares[socket] ?? 0) > 0,
  );
}

/** Each step with what all tries agree on. */
export function agreedSteps(tries: readonly (readonly StepObservation[])[]): StepObservation[] {
  return (tries.at(-1) ?? []).map(({ step, label }) => {
    const outcomes = tries.flatMap((observed) =>
      observed.filter((each) => each.step === step).map(({ outcome }) => outcome),
    );
    return { step, label, outcome: agreed(outcomes) };
  });
}
