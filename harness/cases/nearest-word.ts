import { nearMatches } from "../model/near-matches.ts";

// A word has few letters: less in common is chance.
const LEAST_LIKENESS = 0.5;

/** ` (perhaps 'SO_RCVBUF')`: the words that are most like a wrong one; nothing where none is. */
export function nearestWord(wrong: string, words: Iterable<string>): string {
  const near = nearMatches(wrong, words, 2, LEAST_LIKENESS);
  return near.length === 0 ? "" : ` (perhaps ${near.map((word) => `'${word}'`).join(" or ")})`;
}
