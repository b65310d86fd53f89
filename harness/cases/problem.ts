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

/** `file:line:column: what is wrong (what is allowed)` */
export function problemText({ file, line, column, message }: Problem): string {
  return `${file}:${line}:${column}: ${message.replaceAll(/\s+/g, " ")}`;
}

/** The user's input is wrong: each message is one line; the program ends with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}
