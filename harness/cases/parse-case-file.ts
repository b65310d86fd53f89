import {
  LineCounter,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
  type Document as YamlDocument,
} from "yaml";
import { issueMessage } from "./issue-message.ts";
import type { ReadDocument, ReadResult } from "./read.ts";
import { caseFileSchema } from "./schema.ts";

/** Parses the text of a case file and holds it against the schema. */
export function parseCaseFile(file: string, text: string): ReadResult {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const isEmpty =
    !Array.isArray(parsed) ||
    parsed.every((yaml) => yaml.contents === null && yaml.errors.length === 0);
  if (isEmpty) return { documents: [], problems: [{ file, line: 1, column: 1, message: EMPTY }] };
  const read = parsed.map((yaml) => parseDocument(file, yaml, lines));
  return {
    documents: read.flatMap(({ documents }) => documents),
    problems: read.flatMap(({ problems }) => problems),
  };
}

const EMPTY = "the file is empty (a case file has 'document', 'matrix' and 'table')";
const ALIAS = "an alias (write the value out: case files have no anchors and aliases)";

function parseDocument(file: string, yaml: YamlDocument, lines: LineCounter): ReadResult {
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (found: readonly { offset: number; message: string }[]): ReadResult => ({
    documents: [],
    problems: found.map(({ offset, message }) => ({ file, ...place(offset), message })),
  });
  if (yaml.errors.length > 0)
    return failed(yaml.errors.map(({ pos, message }) => ({ offset: pos[0], message })));
  const aliases = findAliases(yaml);
  if (aliases.length > 0) return failed(aliases.map((offset) => ({ offset, message: ALIAS })));
  const checked = caseFileSchema.safeParse(yaml.toJS());
  if (!checked.success)
    return failed(
      checked.error.issues
        .flatMap(issueMessage)
        .map(({ path, message }) => ({ offset: offsetOf(yaml, path), message })),
    );
  return { documents: [{ content: checked.data, places: findPlaces(yaml, place) }], problems: [] };
}

function findAliases(yaml: YamlDocument): number[] {
  const offsets: number[] = [];
  visit(yaml, (_key, node) => {
    if (isAlias(node)) offsets.push(node.range?.[0] ?? 0);
  });
  return offsets;
}

/** Where the node at a path begins, or the nearest one around it that is there. */
function offsetOf(yaml: YamlDocument, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return yaml.contents?.range?.[0] ?? 0;
}

/** Places of ids and of everything that is expected. */
function findPlaces(
  yaml: YamlDocument,
  place: (offset: number) => { line: number; column: number },
): ReadDocument["places"] {
  const places: Record<string, [number, number]> = {};
  const walk = (node: unknown, path: string, isWanted: boolean): void => {
    if (isMap(node))
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : "";
        walk(value, path ? `${path}/${name}` : name, isWanted || PLACED_KEYS.has(name));
      }
    else if (isSeq(node))
      node.items.forEach((item, index) => walk(item, `${path}/${index}`, isWanted));
    else if (isWanted && isScalar(node)) {
      const { line, column } = place(node.range?.[0] ?? 0);
      places[path] = [line, column];
    }
  };
  walk(yaml.contents, "", false);
  return places;
}

const PLACED_KEYS: ReadonlySet<string> = new Set(["id", "expect"]);
