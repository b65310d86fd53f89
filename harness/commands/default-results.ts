/** Where a run leaves its results unless it is told otherwise. */
export const DEFAULT_RESULTS = "bindcheck-results/results.ndjson";
