import { readFileSync } from "node:fs";
import { lastWordsText } from "../harness/binder-client/last-words.ts";

/** The end of what a program wrote into the first of some files that is not empty, as part of a sentence. */
export function lastWords(...files: readonly string[]): string {
  return files.map((file) => lastWordsText(readFileSync(file, "utf8"))).find(Boolean) ?? "";
}
