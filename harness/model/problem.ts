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

/** `file:line:column: what is wrong (what is allowed)`. */
export function problemText({ file, line, column, message }: Problem): string {
  return shortLine(`${file}:${line}:${column}: ${message.replaceAll(/\s+/g, " ")}`);
}

/** The user's input is wrong: each message is one line; the program ends with exit code 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    const short = lines.map(shortLine);
    super(short.join("\n"));
    this.lines = short;
  }
}

/** Most characters of a line that says what is wrong: what is longer is not read. */
export const MOST_OF_A_LINE = 400;
// The file and the place are at the beginning, what is allowed is at the end.
const MOST_OF_THE_END = 150;

/** One line; of one that is longer its two ends. */
function shortLine(text: string): string {
  const line = text.replaceAll(/[\r\n\u2028\u2029]+/g, " ");
  if (line.length <= MOST_OF_A_LINE) return line;
  const cut = " … ";
  const beginning = line.slice(0, MOST_OF_A_LINE - MOST_OF_THE_END - cut.length);
  return beginning + cut + line.slice(-MOST_OF_THE_END);
}
