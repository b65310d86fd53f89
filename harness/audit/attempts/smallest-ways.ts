import type { Attempt, Way } from "./attempt.ts";

/** Attempts that got in with no more options than it took: none of their options can be left out. */
export function smallestWays<Each extends Attempt>(attempts: readonly Each[]): Each[] {
  const got = attempts.filter(({ outcome }) => outcome.kind === "success");
  return got.filter((one) => !got.some((other) => isSmaller(other, one)));
}

function isSmaller(a: Way, b: Way): boolean {
  return (
    a.account === b.account &&
    a.family === b.family &&
    a.address === b.address &&
    a.options.length < b.options.length &&
    a.options.every((option) => b.options.includes(option))
  );
}
