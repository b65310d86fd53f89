import { readFileSync } from "node:fs";
import { InputError } from "../model/problem.ts";

/** Reads the file of `--except`: ids of experiments, one a line. Throws InputError. */
export function readIds(file: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(file, "utf8").split(/\r?\n/).filter(Boolean));
  } catch (error) {
    throw new InputError([`--except: ${file} cannot be read: ${(error as Error).message}`]);
  }
}
