import {
  Composer,
  Lexer,
  LineCounter,
  Parser,
  isNode,
  isScalar,
  visit,
  type CST,
  type Document as YamlDocument,
} from "yaml";
import type * as z from "zod";
import { issueMessage } from "./issue-message.ts";
import type { Problem } from "../model/problem.ts";

/** A YAML document that keeps to its schema. */
export interface CheckedYaml<Data> {
  readonly data: Data;
  readonly yaml: YamlDocument;
  /** Line and column, from 1, of an offset in the text. */
  readonly placeAt: (offset: number) => { readonly line: number; readonly column: number };
}

/**
 * Parses a text of one or more YAML documents and holds each against a schema; every problem with its place, a hundred at
 * most. What a text could make endless is refused before it is built: aliases, and nesting past any honest file's.
 */
export function parseCheckedYaml<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
  empty: string,
): { documents: CheckedYaml<z.infer<Schema>>[]; problems: Problem[] } {
  const lines = new LineCounter();
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problemAt = ({ offset, message }: Mistake): Problem => ({
    file,
    ...placeAt(offset),
    message,
  });
  const tokens = tokensOf(text, lines);
  if (!Array.isArray(tokens)) return { documents: [], problems: [problemAt(tokens)] };
  const parsed = [...new Composer(OPTIONS).compose(tokens)];
  const isEmpty = parsed.every((yaml) => yaml.contents === null && yaml.errors.length === 0);
  if (isEmpty) return { documents: [], problems: [{ file, line: 1, column: 1, message: empty }] };
  const documents: CheckedYaml<z.infer<Schema>>[] = [];
  const problems: Problem[] = [];
  for (const yaml of parsed) {
    const checked = check(yaml, schema);
    if ("data" in checked) documents.push({ ...checked, yaml, placeAt });
    else problems.push(...checked.mistakes.map(problemAt));
    if (problems.length > MOST_PROBLEMS) break;
  }
  return { documents, problems: limited(problems) };
}

/** Parsed without recursion, unlike what is built from it: so this is where depth is seen. */
function tokensOf(text: string, lines: LineCounter): CST.Token[] | Mistake {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > MOST_LEVELS)
      return { offset: parser.offset, message: `more than ${MOST_LEVELS} levels of nesting` };
  }
  return [...tokens, ...parser.end()];
}

// Keys are held against each other here: the package's own check takes a time that grows with the square of their number.
const OPTIONS = { prettyErrors: false, uniqueKeys: false, logLevel: "error" } as const;
// The deepest honest files, those of scenarios, have 8.
const MOST_LEVELS = 64;
const MOST_PROBLEMS = 100;

function limited(problems: Problem[]): Problem[] {
  const [next] = problems.slice(MOST_PROBLEMS);
  if (!next) return problems;
  const message = `and more (only the first ${MOST_PROBLEMS} are shown)`;
  return [...problems.slice(0, MOST_PROBLEMS), { ...next, message }];
}

const TAB = "a tab as indentation (allowed: spaces)";
const MERGE = "a merge key '<<' (write the keys out: merges are not read)";
const ALIAS = "an alias (write the value out: anchors and aliases are not read)";

function check<Schema extends z.ZodType>(
  yaml: YamlDocument,
  schema: Schema,
): { data: z.infer<Schema> } | { mistakes: Mistake[] } {
  const mistake = findSyntaxError(yaml) ?? findUnread(yaml);
  if (mistake) return { mistakes: [mistake] };
  const checked = schema.safeParse(yaml.toJS(), { reportInput: true });
  if (checked.success) return { data: checked.data };
  const found = checked.error.issues
    .slice(0, MOST_PROBLEMS + 1)
    .flatMap((issue) => issueMessage(issue, schema));
  return {
    mistakes: found.map(({ path, message }) => ({ offset: offsetOf(yaml, path), message })),
  };
}

interface Mistake {
  readonly offset: number;
  readonly message: string;
}

/** The first error alone: those behind it are most often its consequences. A tab explains all the others. */
function findSyntaxError({ errors: grave, warnings }: YamlDocument): Mistake | null {
  // Warnings are about tags and versions that mean nothing here.
  const errors = [...grave, ...warnings];
  const tab = errors.find(({ code }) => code === "TAB_AS_INDENT");
  if (tab) return { offset: tab.pos[0], message: TAB };
  const first = errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  return first ? { offset: first.pos[0], message: first.message } : null;
}

/** An alias, a merge, or a key that is there twice or is not text. */
function findUnread(yaml: YamlDocument): Mistake | null {
  let found: Mistake | null = null;
  visit(yaml, {
    Alias(_key, { range }) {
      found = { offset: range?.[0] ?? 0, message: ALIAS };
      return visit.BREAK;
    },
    Map(_key, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : null;
        const offset = (isNode(key) && key.range?.[0]) || 0;
        if (name === null) found = { offset, message: "a key that is not text (allowed: text)" };
        else if (isScalar(key) && typeof key.value === "symbol") found = { offset, message: MERGE };
        else if (keys.has(name))
          found = { offset, message: `the key '${name}' is there twice (allowed: each key once)` };
        if (found || name === null) return visit.BREAK;
        keys.add(name);
      }
      return undefined;
    },
  });
  return found;
}

/** Where the node at a path begins, or the nearest one around it that is there. */
function offsetOf(yaml: YamlDocument, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = yaml.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return yaml.contents?.range?.[0] ?? 0;
}
