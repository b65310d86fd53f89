import {
  LineCounter,
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

const EMPTY = "the file is empty (a case file has 'document', 'matrix' and 'table' or 'pairs')";
const TAB = "a tab as indentation (allowed: spaces)";
const ALIAS = "an alias (write the value out: case files have no anchors and aliases)";

function parseDocument(file: string, yaml: YamlDocument, lines: LineCounter): ReadResult {
  const place = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (found: readonly Mistake[]): ReadResult => ({
    documents: [],
    problems: found.map(({ offset, message }) => ({ file, ...place(offset), message })),
  });
  const mistake = findSyntaxError(yaml) ?? findAlias(yaml);
  if (mistake) return failed([mistake]);
  const checked = caseFileSchema.safeParse(yaml.toJS(), { reportInput: true });
  if (!checked.success)
    return failed(
      checked.error.issues
        .flatMap(issueMessage)
        .map(({ path, message }) => ({ offset: offsetOf(yaml, path), message })),
    );
  return { documents: [{ content: checked.data, places: findPlaces(yaml, place) }], problems: [] };
}

interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** The first error alone: those behind it are most often its consequences. A tab explains all the others. */
function findSyntaxError({ errors }: YamlDocument): Mistake | null {
  const tab = errors.find(({ code }) => code === "TAB_AS_INDENT");
  if (tab) return { offset: tab.pos[0], message: TAB };
  const first = errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  return first ? { offset: first.pos[0], message: first.message } : null;
}

function findAlias(yaml: YamlDocument): Mistake | null {
  let offset: number | undefined;
  visit(yaml, {
    Alias(_key, { range }) {
      offset = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset === undefined ? null : { offset, message: ALIAS };
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
