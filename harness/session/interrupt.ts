import { EXIT_INTERRUPTED } from "./exit-code.ts";

/** A signal that is aborted when the user or the system wants the program to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the system's signals back. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
// Ctrl-C reaches a program that npx has started twice: from the terminal, and passed on by npx.
const SAME_INTERRUPT_MS = 1000;

/** While the program loads, and nothing has been started, a signal ends it; until `listenForInterrupt` is called. */
export function endWhenInterrupted(): void {
  for (const name of SIGNALS) process.on(name, endNow);
}

/** The first signal stops the run in good order; one that comes later than a second after it ends the program as usual. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const abort = (): void => {
    if (controller.signal.aborted) return;
    setTimeout(release, SAME_INTERRUPT_MS).unref();
    controller.abort();
  };
  const release = (): void => {
    for (const name of SIGNALS) process.off(name, abort);
  };
  // In this order: a signal that is on its way is lost when nothing listens for a moment.
  for (const name of SIGNALS) process.on(name, abort).off(name, endNow);
  // Each target of a run listens for the end of the program: there may be many.
  process.setMaxListeners(0);
  return { signal: controller.signal, release };
}

function endNow(): never {
  process.exit(EXIT_INTERRUPTED);
}
