import { readFileSync } from "node:fs";
import { findCompiled, type ReadDocument } from "./compiled-cases.ts";
import type { Problem } from "./problem.ts";

/** What a file holds, or everything that is wrong with it. */
export interface ReadResult {
  /** One of the package's own files, whose every claim was checked when the package was built. */
  readonly isOwn?: true;
  readonly documents: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}

// A hand-written table is a few kilobytes, a measured one a few megabytes.
const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** Reads one case file. Never throws: what cannot be read is a problem. */
export async function readCaseFile(file: string): Promise<ReadResult> {
  const text = readText(file);
  if (typeof text !== "string")
    return { documents: [], problems: [{ file, line: 1, column: 1, ...text }] };
  const compiled = findCompiled(file, text);
  if (compiled) return { isOwn: true, documents: compiled, problems: [] };
  // The YAML parser and the schema take longer to load than a whole run of one table.
  const { parseCaseFile } = await import("./parse-case-file.ts");
  return parseCaseFile(file, text);
}

function readText(file: string): string | Pick<Problem, "message"> {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_FILE_SIZE)
      return { message: `the file has ${bytes.length} bytes (at most ${MAX_FILE_SIZE})` };
    if (bytes.includes(0)) return { message: "the file is binary (a case file is YAML in UTF-8)" };
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return { message: "there is no such file" };
    if (code === "EISDIR") return { message: "this is a folder (name the files in it)" };
    if (error instanceof TypeError)
      return { message: "the file is not text in UTF-8 (a case file is YAML in UTF-8)" };
    return { message: `the file cannot be read: ${code ?? (error as Error).message}` };
  }
}
