import type { OptionText } from "./vocabulary.ts";

/** Which claims a run takes; empty lists mean all. */
export interface Selection {
  /** No claims, but every experiment of two endpoints: `bindcheck explore`. */
  readonly explores?: true;
  /** For an exploration: every socket option instead of every pair of endpoints. */
  readonly options?: true;
  /** For an exploration of pairs: socket options that are combined beside those that share a port; in order. */
  readonly with?: readonly OptionText[];
  /** Documents of other versions of a platform are measured there too, and not judged: `--all-versions`. */
  readonly allVersions?: true;
  readonly files: readonly string[];
  readonly filter: readonly string[];
  readonly protocol: readonly string[];
  readonly family: readonly string[];
  readonly document: readonly string[];
  readonly shard: string | null;
}
