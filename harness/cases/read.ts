import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Problem } from "./problem.ts";
import type { CaseDocument } from "./schema.ts";

/** One case document as plain data, with the places of what can be wrong with it later. */
export interface ReadDocument {
  readonly content: CaseDocument;
  /** Line and column, from 1, by path: `document/id`, `table/second/3/expect/0`. */
  readonly places: Readonly<Record<string, readonly [line: number, column: number]>>;
}

/** What a file holds, or everything that is wrong with it. */
export interface ReadResult {
  /** One of the package's own files, whose every claim was checked when the package was built. */
  readonly isOwn?: true;
  readonly documents: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}

/** Documents of this package's own case files by the SHA-256 of their text, checked when the package was built. */
export type CompiledCases = Readonly<Record<string, readonly ReadDocument[]>>;

// A hand-written table is a few kilobytes, a measured one a few megabytes.
const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** Reads one case file. Never throws: what cannot be read is a problem. */
export async function readCaseFile(file: string): Promise<ReadResult> {
  const text = readText(file);
  if (typeof text !== "string")
    return { documents: [], problems: [{ file, line: 1, column: 1, ...text }] };
  const compiled = readCompiledCases()[textKey(text)];
  if (compiled) return { isOwn: true, documents: compiled, problems: [] };
  // The YAML parser and the schema take longer to load than a whole run of one table.
  const { parseCaseFile } = await import("./parse-case-file.ts");
  return parseCaseFile(file, text);
}

/** The name of a text among the compiled cases. */
export function textKey(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Where the build leaves them, beside this module. */
export const COMPILED_CASES_FILE: URL = new URL("./compiled-cases.json", import.meta.url);

let compiledCases: CompiledCases | null = null;

function readCompiledCases(): CompiledCases {
  try {
    compiledCases ??= JSON.parse(readFileSync(COMPILED_CASES_FILE, "utf8")) as CompiledCases;
  } catch {
    compiledCases = {}; // run from source: every file is parsed
  }
  return compiledCases;
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
