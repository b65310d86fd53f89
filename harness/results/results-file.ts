import { existsSync } from "node:fs";
import type { ResultsFile } from "./recorded-run.ts";

/** `FILE`, or `NAME=FILE` to tell machines apart. */
export function parseResultsFile(text: string): ResultsFile {
  const [, machine, file] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
  if (machine === undefined || file === undefined || existsSync(text))
    return { file: text, machine: null };
  return { file, machine };
}

/** `FILE`, or `FILE#TARGET` for one of its targets. */
export function parseResultsOfTarget(text: string): {
  readonly file: string;
  readonly target: string | null;
} {
  const [, file, target] = /^(.+?)#(.+)$/.exec(text) ?? [];
  if (file === undefined || target === undefined || existsSync(text))
    return { file: text, target: null };
  return { file, target };
}
