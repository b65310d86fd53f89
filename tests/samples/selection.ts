import type { Selection } from "../../harness/model/selection.ts";

/** Takes every claim, as far as nothing else is told. */
export function sampleSelection(told: Partial<Selection> = {}): Selection {
  return {
    files: [],
    filter: [],
    protocol: [],
    family: [],
    document: [],
    shard: null,
    ...told,
  };
}
