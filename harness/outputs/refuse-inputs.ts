import { statSync } from "node:fs";
import { caseFilesIn } from "../cases/own-cases.ts";
import { InputError } from "../model/problem.ts";

/**
 * Throws InputError when a file that is to be written is also read: the same file by device and number, whatever names
 * or links lead to it. Inputs may be folders, and need not be there; null and undefined are left out.
 */
export function refuseInputs(
  outputs: readonly (string | null | undefined)[],
  inputs: readonly (string | undefined)[],
): void {
  for (const output of outputs) {
    const written = output ? identify(output) : null;
    if (written === null) continue;
    const input = inputs.flatMap(filesOf).find((file) => identify(file) === written);
    if (input !== undefined)
      throw new InputError([
        `${output} is read as ${input === output ? "an input" : input} and would be overwritten (write to another file)`,
      ]);
  }
}

function filesOf(input: string | undefined): string[] {
  if (input === undefined) return [];
  return statSync(input, { throwIfNoEntry: false })?.isDirectory() ? caseFilesIn(input) : [input];
}

/** What tells a regular file from every other of this system; null for anything else. */
function identify(file: string): string | null {
  try {
    const found = statSync(file, { bigint: true });
    return found.isFile() ? `${found.dev}:${found.ino}` : null;
  } catch {
    return null; // there is none yet
  }
}
