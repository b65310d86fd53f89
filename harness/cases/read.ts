import { findCompiled, type ReadDocument } from "./compiled-cases.ts";
import type { Problem } from "../model/problem.ts";
import { readYamlText } from "./read-yaml-text.ts";

/** What a file holds, or everything that is wrong with it. */
export interface ReadResult {
  /** One of the package's own files, whose every claim was checked when the package was built. */
  readonly isOwn?: true;
  readonly documents: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}

/** Reads one case file. Never throws: what cannot be read is a problem. */
export async function readCaseFile(file: string): Promise<ReadResult> {
  const text = readYamlText(file, "a case file");
  if (typeof text !== "string")
    return { documents: [], problems: [{ file, line: 1, column: 1, ...text }] };
  const compiled = findCompiled(file, text);
  if (compiled) return { isOwn: true, documents: compiled, problems: [] };
  // The YAML parser and the schema take longer to load than a whole run of one table.
  const { parseCaseFile } = await import("./parse-case-file.ts");
  return parseCaseFile(file, text);
}
