import { closeSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder } from "../results/make-folder.ts";
import { openWritable, unwritable } from "./open-writable.ts";

/**
 * Writes what a command answers to the file of `--out`, in UTF-8, or to the terminal as `forTerminal` makes it. Throws
 * InputError.
 */
export function writeAnswer(
  text: string,
  file: string | undefined,
  forTerminal: (text: string) => string = (same) => same,
): void {
  if (file === undefined) return void process.stdout.write(forTerminal(text));
  try {
    makeFolder(path.dirname(file));
  } catch (error) {
    throw unwritable(file, error);
  }
  const descriptor = openWritable(file, "w");
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    throw unwritable(file, error);
  } finally {
    closeSync(descriptor);
  }
}
