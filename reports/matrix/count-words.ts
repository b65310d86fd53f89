import type { Counts } from "../../harness/results/line.ts";
import type { Judged } from "./judged.ts";

/** How many verdicts there are of each word, always in the same order; words that do not occur are left out. */
export function countWords(verdicts: Iterable<Pick<Judged, "word">>): Partial<Counts> {
  const counts: Record<string, number> = {};
  for (const { word } of verdicts) counts[word] = (counts[word] ?? 0) + 1;
  return Object.fromEntries(ORDER.flatMap((word) => (counts[word] ? [[word, counts[word]]] : [])));
}

const ORDER = ["held", "known-deviation", "contradicted", "stale-deviation", "broken", "skipped"];
