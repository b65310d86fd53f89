import { LineCounter, isNode, parseAllDocuments, visit, type Document as YamlDocument } from "yaml";
import type * as z from "zod";
import { issueMessage } from "./issue-message.ts";
import type { Problem } from "./problem.ts";

/** A YAML document that keeps to its schema. */
export interface CheckedYaml<Data> {
  readonly data: Data;
  readonly yaml: YamlDocument;
  /** Line and column, from 1, of an offset in the text. */
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/** Parses a text of one or more YAML documents and holds each against a schema; every problem with its place. */
export function parseCheckedYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
  empty: string,
): { documents: CheckedYaml<z.infer<Schema>>[]; problems: Problem[] } {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const isEmpty =
    !Array.isArray(parsed) ||
    parsed.every((yaml) => yaml.contents === null && yaml.errors.length === 0);
  if (isEmpty) return { documents: [], problems: [{ file, line: 1, column: 1, message: empty }] };
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const documents: CheckedYaml<z.infer<Schema>>[] = [];
  const problems: Problem[] = [];
  for (const yaml of parsed) {
    const checked = check(yaml, schema);
    if ("data" in checked) documents.push({ ...checked, yaml, placeAt });
    else
      problems.push(
        ...checked.mistakes.map(({ offset, message }) => ({ file, ...placeAt(offset), message })),
      );
  }
  return { documents, problems };
}

const TAB = "a tab as indentation (allowed: spaces)";
const ALIAS = "an alias (write the value out: anchors and aliases are not read)";

function check<Schema extends z.ZodType>(
  yaml: YamlDocument,
  schema: Schema,
): { data: z.infer<Schema> } | { mistakes: Mistake[] } {
  const mistake = findSyntaxError(yaml) ?? findAlias(yaml);
  if (mistake) return { mistakes: [mistake] };
  const checked = schema.safeParse(yaml.toJS(), { reportInput: true });
  if (checked.success) return { data: checked.data };
  const found = checked.error.issues.flatMap((issue) => issueMessage(issue, schema));
  return {
    mistakes: found.map(({ path, message }) => ({ offset: offsetOf(yaml, path), message })),
  };
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
