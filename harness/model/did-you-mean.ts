import { nearMatches } from "./near-matches.ts";

// A word has few letters: less in common is chance.
const LEAST_LIKENESS = 0.4;

/** ` (did you mean 'SO_RCVBUF'?)`: the words that are most like a wrong one; nothing where none is. */
export function didYouMean(wrong: string, words: Iterable<string>): string {
  const near = nearMatches(wrong, words, 2, LEAST_LIKENESS);
  return near.length === 0
    ? ""
    : ` (did you mean ${near.map((word) => `'${word}'`).join(" or ")}?)`;
}
