/** Which claims a run takes; empty lists mean all. */
export interface Selection {
  /** No claims, but every experiment of two endpoints: `bindcheck explore`. */
  readonly explores?: true;
  readonly files: readonly string[];
  readonly filter: readonly string[];
  readonly protocol: readonly string[];
  readonly family: readonly string[];
  readonly document: readonly string[];
  readonly shard: string | null;
}
