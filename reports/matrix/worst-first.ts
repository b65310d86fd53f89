import type { VerdictWord } from "../../harness/model/verdict.ts";

/** Verdicts in the order in which a reader looks for them. */
export const WORST_FIRST: readonly VerdictWord[] = [
  "contradicted",
  "stale-deviation",
  "broken",
  "known-deviation",
  "held",
  "skipped",
];
