import type { BrokenReason, SkipReason } from "./observation.ts";

/**
 * Claim against observation. `known-deviation`: contradicted, exactly as somebody wrote down; `stale-deviation`: written
 * down, and no longer so. `broken`: the harness could not decide.
 */
export const VERDICT_WORDS = [
  "held",
  "contradicted",
  "known-deviation",
  "stale-deviation",
  "skipped",
  "broken",
] as const;
export type VerdictWord = (typeof VERDICT_WORDS)[number];

/** A verdict, with the reason code where the word alone does not tell. */
export interface Verdict {
  readonly word: VerdictWord;
  readonly reason?: SkipReason | BrokenReason;
  /** One sentence for people; present with a reason and with a deviation. */
  readonly detail?: string;
  /** The deviation is known because it came with this package, not because the caller named it. */
  readonly shipped?: true;
}
