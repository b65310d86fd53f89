import { isDeepStrictEqual } from "node:util";
import type { Attempt, Way } from "./attempt.ts";

/**
 * Attempts that got in with no more options than it took: none of their options can be left out, except that an
 * interface that the socket is bound to makes another way of it, because it changes who gets what.
 */
export function smallestWays<Each extends Attempt>(attempts: readonly Each[]): Each[] {
  const got = attempts.filter(({ outcome }) => outcome.kind === "success");
  return got.filter((one) => !got.some((other) => isSmaller(other, one)));
}

/** Whether two ways differ in nothing but the options that they set, and those of the first are some of the second's. */
function isSmaller(a: Way, b: Way): boolean {
  return (
    a.options.length < b.options.length &&
    a.options.every((option) => b.options.includes(option)) &&
    a.account === b.account &&
    a.family === b.family &&
    a.address === b.address &&
    deviceOf(a) === deviceOf(b) &&
    isDeepStrictEqual(a.peer, b.peer)
  );
}

/** The interface that a way binds its socket to, as the option that does so; undefined for none. */
export function deviceOf({ options }: Pick<Way, "options">): string | undefined {
  return options.find((option) => option.startsWith("SO_BINDTODEVICE="));
}
