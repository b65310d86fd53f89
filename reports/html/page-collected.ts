import type { Seen } from "../../harness/results/compare-versions.ts";
import type { Collected } from "../collected.ts";
import type { PageVerdict } from "./page-verdict.ts";

/** What the page shows of a run. */
export interface PageCollected extends Collected<PageVerdict> {
  /** What each target did, by experiment. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, Seen>>;
}
