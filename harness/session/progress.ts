import { terminalText } from "../model/terminal-text.ts";

/** Progress for people, on stderr; results never go there. */
export interface Progress {
  say(sentence: string): void;
  /** How many experiments a target has, once it has said what it is. */
  expect(target: string, total: number): void;
  /** One more observation of a target. */
  count(target: string): void;
  /** Removes the live line. */
  clear(): void;
}

const REDRAW_MS = 100;
/** How often a log of a CI system gets a line. */
const LOG_MS = 10_000;

/** A live line on a terminal, now and then a line in CI, and sentences alone elsewhere and for `quiet`. */
export function createProgress(
  quiet = false,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  const counts = new Map<string, { done: number; total: number | null }>();
  let drawnAt = stream.isTTY ? 0 : performance.now();
  let isDrawn = false;
  const isShown = !quiet && (stream.isTTY || Boolean(process.env["CI"]));
  const clear = (): void => {
    if (!isDrawn) return;
    stream.clearLine(0);
    stream.cursorTo(0);
    isDrawn = false;
  };
  const of = (target: string): { done: number; total: number | null } => {
    const known = counts.get(target) ?? { done: 0, total: null };
    counts.set(target, known);
    return known;
  };
  return {
    say(sentence) {
      clear();
      stream.write(`${terminalText(sentence)}\n`);
    },
    expect(target, total) {
      of(target).total = total;
    },
    count(target) {
      of(target).done += 1;
      const now = performance.now();
      if (!isShown || now - drawnAt < (stream.isTTY ? REDRAW_MS : LOG_MS)) return;
      clear();
      drawnAt = now;
      isDrawn = stream.isTTY;
      const text = terminalText([...counts].map(progressText).join(" · "));
      stream.write(stream.isTTY ? text.slice(0, stream.columns - 1) : `${text}\n`);
    },
    clear,
  };
}

/** `netns 847/2061`. */
function progressText([target, { done, total }]: [
  string,
  { done: number; total: number | null },
]): string {
  return `${target} ${done}${total === null ? "" : `/${total}`}`;
}
