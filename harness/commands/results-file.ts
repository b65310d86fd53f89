import { existsSync } from "node:fs";
import type { ResultsFile } from "../results/recorded-run.ts";

/** `FILE`, or `NAME=FILE` to tell machines apart. */
export function parseResultsFile(text: string): ResultsFile {
  const [, machine, file] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
  if (machine === undefined || file === undefined || existsSync(text))
    return { file: text, machine: null };
  return { file, machine };
}

/** Where a run leaves its results unless --out or --reporter says otherwise. */
export const DEFAULT_RESULTS = "bindcheck-results/results.ndjson";
