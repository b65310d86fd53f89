import type { Counts } from "../../harness/results/line.ts";
import type { Judged } from "./judged.ts";

/** How many verdicts there are of each word; words that do not occur are left out. */
export function countWords(verdicts: Iterable<Pick<Judged, "word">>): Partial<Counts> {
  const counts: Record<string, number> = {};
  for (const { word } of verdicts) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
