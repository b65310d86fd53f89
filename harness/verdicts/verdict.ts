import type { BrokenReason, SkipReason } from "../observations/observation.ts";

/** Claim against observation. `broken`: the harness could not decide. */
export type VerdictWord = "held" | "contradicted" | "skipped" | "broken";

/** A verdict, with the reason code where the word alone does not tell. */
export interface Verdict {
  readonly word: VerdictWord;
  readonly reason?: SkipReason | BrokenReason;
  /** One sentence for people; present with a reason. */
  readonly detail?: string;
}
