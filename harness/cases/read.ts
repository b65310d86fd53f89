import { findCompiled } from "./compiled-cases.ts";
import type { ReadResult } from "./read-document.ts";
import { readYamlText } from "./read-yaml-text.ts";

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
