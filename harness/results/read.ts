import { inputText, SilentPipe } from "../inputs/read-input.ts";
import { InputError } from "../model/problem.ts";
import type { checkLine as check } from "./check-line.ts";
import { createOrderCheck } from "./check-order.ts";
import type { Line } from "./line.ts";
import { RESULT_VERSION } from "./result-version.ts";
import { EndlessLine, wholeLines } from "./whole-lines.ts";

/** How a result stream ended. */
export interface ResultsEnd {
  /** Whether every run in it has its summary: without one it was cut off. */
  readonly isComplete: boolean;
}

/**
 * Reads a result stream and hands over each line as it comes, so that size does not matter. Throws InputError with
 * `file:line: what is wrong` on anything that is not a line of this version's stream, or not in its order. A last line that was cut off in the
 * middle is what a killed run leaves: it is passed over.
 */
export async function readResults(file: string, take: (line: Line) => void): Promise<ResultsEnd> {
  let open = 0;
  let number = 0;
  let unfinished: InputError | null = null;
  const findDisorder = createOrderCheck();
  // The schema takes long to load: only what reads results needs it.
  const { checkLine } = await import("./check-line.ts");
  const takeText = (text: string): void => {
    if (unfinished) throw unfinished;
    number += 1;
    const at = `${file}:${number}`;
    const value = parse(text);
    if (value === undefined && number > 1) {
      unfinished = new InputError([`${at}: not a line of JSON ('${text.slice(0, 40)}')`]);
      return;
    }
    const line = lineOf(value, at, number === 1, checkLine);
    const disorder = findDisorder(line);
    if (disorder !== null) throw new InputError([`${at}: ${disorder}`]);
    if (line.type === "run") open += 1;
    if (line.type === "summary") open -= 1;
    take(line);
  };
  try {
    for await (const texts of wholeLines(withLastLine(inputText(file)))) texts.forEach(takeText);
  } catch (error) {
    if (error instanceof EndlessLine)
      throw new InputError([`${file}:${number + 1}: ${error.message}`]);
    // Only the system's errors have a code; any other is a mistake of our own.
    throw isOfSystem(error) ? unreadable(file, error) : error;
  }
  if (number === 0) throw new InputError([`${file}:1: the file is empty (${EXPECTED})`]);
  return { isComplete: open === 0 && unfinished === null };
}

const EXPECTED = "expected: what 'bindcheck run --reporter ndjson=FILE' writes";

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const TYPES: readonly string[] = [
  "run",
  "target",
  "target-problem",
  "observation",
  "verdict",
  "summary",
] satisfies Line["type"][];

/** A last line without its line feed is a line if it is whole. */
async function* withLastLine(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let last = "\n";
  for await (const chunk of chunks) yield (last = chunk);
  if (!last.endsWith("\n")) yield "\n";
}

function lineOf(value: unknown, at: string, isFirst: boolean, checkLine: typeof check): Line {
  const fail = (message: string): never => {
    throw new InputError([`${at}: ${message}`]);
  };
  if (typeof value !== "object" || value === null || !("type" in value))
    return fail(`not a line of a result stream (${EXPECTED})`);
  const type = typeof value.type === "string" ? value.type.slice(0, 40) : typeof value.type;
  if (!TYPES.includes(type)) return fail(`unknown type '${type}' (allowed: ${TYPES.join(", ")})`);
  if (isFirst && value.type !== "run")
    return fail(`the stream begins with a '${type}' line (it begins with 'run')`);
  const { version } = value as { readonly version?: unknown };
  if (type === "run" && version !== RESULT_VERSION)
    return fail(
      `version ${typeof version === "number" ? version : typeof version} of the result stream (this bindcheck reads version ${RESULT_VERSION})`,
    );
  const checked = checkLine(value);
  return "line" in checked
    ? checked.line
    : fail(`the '${type}' line is wrong at ${checked.problem}`);
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof SilentPipe || (error instanceof Error && "code" in error);
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): InputError {
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EISDIR: "this is a folder (name the file in it)",
  };
  return new InputError([`${file}: ${known[code ?? ""] ?? `it cannot be read: ${message}`}`]);
}
