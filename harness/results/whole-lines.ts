import { splitLines } from "../binder/split-lines.ts";

// A run's first line names its documents: the longest that an honest one writes has a few hundred thousand.
const MOST_OF_A_LINE = 16 * 1024 * 1024;

/** A line that is longer than any honest one. */
export class EndlessLine extends Error {
  override readonly name = "EndlessLine";
  constructor() {
    super(`a line of more than ${MOST_OF_A_LINE} characters`);
  }
}

/** The lines of a text, for each piece in which it comes; what follows the last line feed is dropped. Throws EndlessLine. */
export async function* wholeLines(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let lines: string[] = [];
  let isEndless = false;
  const push = splitLines(
    (line) => lines.push(line),
    MOST_OF_A_LINE,
    () => (isEndless = true),
  );
  for await (const chunk of chunks) {
    push(chunk);
    yield lines;
    if (isEndless) throw new EndlessLine();
    lines = [];
  }
}
