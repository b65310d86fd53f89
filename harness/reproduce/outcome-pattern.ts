import type { ExpectedOutcome } from "../model/claim.ts";

/** A regular expression for the printed outcomes that a claim allows: `WSAEADDRINUSE (10048) at bind`. */
export function outcomePattern(expected: ExpectedOutcome): string {
  if (expected.kind !== "error") return "^success$";
  return `\\b${expected.code}\\b.* at ${expected.step}$`;
}
