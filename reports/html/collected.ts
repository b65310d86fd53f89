import type { PageVerdict } from "./page-verdict.ts";

/** What was collected while the run went on. */
export interface Collected {
  readonly verdicts: readonly PageVerdict[];
  readonly problems: readonly { readonly target: string; readonly problem: string }[];
  readonly observations: number;
}
