/** One thing that is wrong in a user's file. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What is wrong (what is allowed). */
  readonly message: string;
}

/** `file:line:column: what is wrong (what is allowed)`; of a value as long as a file its two ends. */
export function problemText({ file, line, column, message }: Problem): string {
  const cut = message.length > 2 * MOST_OF_AN_END;
  const shown = cut
    ? `${message.slice(0, MOST_OF_AN_END)} … ${message.slice(-MOST_OF_AN_END)}`
    : message;
  return `${file}:${line}:${column}: ${shown.replaceAll(/\s+/g, " ")}`;
}

const MOST_OF_AN_END = 500;

/** The user's input is wrong: each message is one line; the program ends with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}
