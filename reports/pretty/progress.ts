import type { Output } from "../reporter.ts";

/** One line that is drawn again and again while the run goes on. */
export interface Progress {
  draw(sentence: () => string): void;
  clear(): void;
}

/** Draws on a terminal, a few times a second; elsewhere does nothing. */
export function createProgress(
  output: Output,
  now: () => number = () => performance.now(),
): Progress {
  let drawnAt = -Infinity;
  return {
    draw(sentence) {
      if (!output.terminal || now() - drawnAt < INTERVAL_MS) return;
      drawnAt = now();
      output.write(CLEAR_LINE + sentence().slice(0, output.columns - 1));
    },
    clear() {
      if (drawnAt > -Infinity) output.write(CLEAR_LINE);
    },
  };
}

const INTERVAL_MS = 100;
const CLEAR_LINE = "\r\u001b[2K";
