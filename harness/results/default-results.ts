import path from "node:path";

/** Folder of a run's reports unless --out says otherwise. */
export const DEFAULT_OUT = "bindcheck-results";

/** Where a run leaves its results unless --out or --reporter says otherwise. */
export const DEFAULT_RESULTS: string = path.join(DEFAULT_OUT, "results.ndjson");
