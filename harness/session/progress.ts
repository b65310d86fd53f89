import { terminalText } from "../model/terminal-text.ts";

/** Progress for people, on stderr; results never go there. */
export interface Progress {
  say(sentence: string): void;
  /** One more observation of a target. */
  count(target: string): void;
  /** Removes the live line. */
  clear(): void;
}

const REDRAW_MS = 100;

/** A live line on a terminal, sentences alone elsewhere. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const counts = new Map<string, number>();
  let drawnAt = 0;
  const clear = (): void => {
    if (drawnAt === 0) return;
    stream.clearLine(0);
    stream.cursorTo(0);
    drawnAt = 0;
  };
  return {
    say(sentence) {
      clear();
      stream.write(`${terminalText(sentence)}\n`);
    },
    count(target) {
      counts.set(target, (counts.get(target) ?? 0) + 1);
      if (!stream.isTTY || performance.now() - drawnAt < REDRAW_MS) return;
      clear();
      drawnAt = performance.now();
      stream.write([...counts].map(([name, count]) => `${name}: ${count}`).join(", "));
    },
    clear,
  };
}
