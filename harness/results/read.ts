import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { InputError } from "../cases/problem.ts";
import { RESULT_VERSION, type Line } from "./line.ts";

/** How a result stream ended. */
export interface ResultsEnd {
  /** Whether every run in it has its summary: without one it was cut off. */
  readonly isComplete: boolean;
}

/**
 * Reads a result stream and hands over each line as it comes, so that size does not matter. Throws InputError with
 * `file:line: what is wrong` on anything that is no line of this version's stream. A last line that was cut off in the
 * middle is what a killed run leaves: it is passed over.
 */
export async function readResults(file: string, take: (line: Line) => void): Promise<ResultsEnd> {
  let open = 0;
  let number = 0;
  let unfinished: InputError | null = null;
  try {
    for await (const text of createInterface({ input: createReadStream(file) })) {
      if (unfinished) throw unfinished;
      number += 1;
      const at = `${file}:${number}`;
      const value = parse(text);
      if (value === undefined && number > 1) {
        unfinished = new InputError([`${at}: not a line of JSON ('${text.slice(0, 40)}')`]);
        continue;
      }
      const line = checkLine(value, at, number === 1);
      if (line.type === "run") open += 1;
      if (line.type === "summary") open -= 1;
      take(line);
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(file, error as NodeJS.ErrnoException);
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

// What readers reach into without looking: docs/result-stream.md.
const KEYS: Readonly<Record<Line["type"], readonly string[]>> = {
  run: ["version", "startedAt", "selection", "documents"],
  target: ["target", "platform", "os", "addresses", "controls"],
  "target-problem": ["target", "problem"],
  observation: ["target", "experiment", "outcome", "evidence"],
  verdict: ["target", "experiment", "document", "claim", "verdict"],
  summary: ["counts", "wallMs"],
};

function checkLine(value: unknown, at: string, isFirst: boolean): Line {
  const fail = (message: string): never => {
    throw new InputError([`${at}: ${message}`]);
  };
  if (typeof value !== "object" || value === null || !("type" in value))
    return fail(`not a line of a result stream (${EXPECTED})`);
  const keys = Object.hasOwn(KEYS, String(value.type)) ? KEYS[value.type as Line["type"]] : null;
  if (!keys)
    return fail(`unknown type '${String(value.type)}' (allowed: ${Object.keys(KEYS).join(", ")})`);
  if (isFirst && value.type !== "run")
    return fail(`the stream begins with a '${String(value.type)}' line (it begins with 'run')`);
  if (value.type === "run" && (value as { version?: unknown }).version !== RESULT_VERSION)
    return fail(
      `version ${String((value as { version?: unknown }).version)} of the result stream (this bindcheck reads version ${RESULT_VERSION})`,
    );
  const missing = keys.find((key) => !(key in value));
  if (missing !== undefined) return fail(`the '${String(value.type)}' line has no '${missing}'`);
  return value as Line;
}

function unreadable(file: string, { code, message }: NodeJS.ErrnoException): InputError {
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EISDIR: "this is a folder (name the file in it)",
  };
  return new InputError([`${file}: ${known[code ?? ""] ?? `it cannot be read: ${message}`}`]);
}
