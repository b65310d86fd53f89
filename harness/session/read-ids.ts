import { readInput } from "../inputs/read-input.ts";
import { InputError } from "../model/problem.ts";

/**
 * Reads the file of `--except`: ids of experiments, one a line, in UTF-8 or in the UTF-16 that `>` of Windows PowerShell
 * writes. Throws InputError.
 */
export function readIds(file: string): ReadonlySet<string> {
  return new Set(readText(file).split(/\r?\n/).filter(Boolean));
}

function readText(file: string): string {
  try {
    const bytes = readInput(file, MOST_BYTES);
    if (bytes.length > MOST_BYTES) throw new RangeError(`it is larger than ${MOST_BYTES} bytes`);
    // Unicode 15.0, 23.8: byte order marks.
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError([`--except: ${file} ${problemOf(error as Error)}`]);
  }
}

// Ten times the ids of everything that `explore` observes.
const MOST_BYTES = 64 * 1024 * 1024;

function problemOf(error: Error): string {
  if (error instanceof TypeError)
    return "is not text in UTF-8 or in UTF-16 with its byte order mark";
  return `cannot be read: ${error.message}`;
}
