import { readFileSync } from "node:fs";
import {
  LineCounter,
  isAlias,
  isNode,
  parseAllDocuments,
  visit,
  type Document as YamlDocument,
} from "yaml";
import type * as z from "zod";
import { issueMessage } from "./issue-message.ts";
import type { Problem } from "./problem.ts";
import { caseFileSchema, type CaseDocument } from "./schema.ts";

/** One case document with the places of its nodes. */
export interface ReadDocument {
  readonly file: string;
  readonly content: CaseDocument;
  /** Where the node at a path stands, such as `["table", "second", 3, "expect", 0]`. */
  placeOf(path: readonly PropertyKey[]): { readonly line: number; readonly column: number };
}

/** What a file holds, or everything that is wrong with it. */
export interface ReadResult {
  readonly documents: readonly ReadDocument[];
  readonly problems: readonly Problem[];
}

// A hand-written table is a few kilobytes, a measured one a few megabytes.
const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** Reads one case file. Never throws: what cannot be read is a problem. */
export function readCaseFile(file: string): ReadResult {
  const text = readText(file);
  if (typeof text !== "string") return { documents: [], problems: [text] };
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  if (
    !Array.isArray(parsed) ||
    parsed.every((yaml) => yaml.contents === null && yaml.errors.length === 0)
  )
    return {
      documents: [],
      problems: [at(file, "the file is empty (a case file has 'document', 'matrix' and 'table')")],
    };
  const read = parsed.map((yaml) => readDocument(file, yaml as YamlDocument, lines));
  return {
    documents: read.flatMap(({ documents }) => documents),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function readText(file: string): string | Problem {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_FILE_SIZE)
      return at(file, `the file has ${bytes.length} bytes (at most ${MAX_FILE_SIZE})`);
    if (bytes.includes(0)) return at(file, "the file is binary (a case file is YAML in UTF-8)");
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT") return at(file, "there is no such file");
    if (code === "EISDIR") return at(file, "this is a folder (name the files in it)");
    if (error instanceof TypeError)
      return at(file, "the file is not text in UTF-8 (a case file is YAML in UTF-8)");
    return at(file, `the file cannot be read: ${code ?? (error as Error).message}`);
  }
}

function readDocument(file: string, yaml: YamlDocument, lines: LineCounter): ReadResult {
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fail = (problems: readonly Problem[]): ReadResult => ({ documents: [], problems });
  if (yaml.errors.length > 0)
    return fail(
      yaml.errors.map((error) => ({ file, ...place(error.pos[0]), message: error.message })),
    );
  const aliases = findAliases(yaml);
  if (aliases.length > 0)
    return fail(
      aliases.map((offset) => ({
        file,
        ...place(offset),
        message: "an alias (write the value out: case files have no anchors and aliases)",
      })),
    );

  const placeOf = (path: readonly PropertyKey[]): { line: number; column: number } => {
    for (let length = path.length; length > 0; length--) {
      const node = yaml.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return place(node.range[0]);
    }
    return place(yaml.contents?.range?.[0] ?? 0);
  };
  const checked = caseFileSchema.safeParse(yaml.toJS());
  if (checked.success)
    return { documents: [{ file, content: checked.data, placeOf }], problems: [] };
  const problems = checked.error.issues.flatMap((issue: z.core.$ZodIssue) =>
    issueMessage(issue).map(({ path, message }) => ({ file, ...placeOf(path), message })),
  );
  return fail(problems);
}

function findAliases(yaml: YamlDocument): number[] {
  const offsets: number[] = [];
  visit(yaml, (_key, node) => {
    if (isAlias(node)) offsets.push(node.range?.[0] ?? 0);
  });
  return offsets;
}

function at(file: string, message: string): Problem {
  return { file, line: 1, column: 1, message };
}
