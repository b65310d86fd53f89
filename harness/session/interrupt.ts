/** A signal that is aborted when the user or the system wants the program to stop. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the system's signals back. */
  release(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first signal stops the run in good order; a second one ends the program as usual. */
export function listenForInterrupt(): Interrupt {
  const controller = new AbortController();
  const abort = (): void => {
    release();
    controller.abort();
  };
  const release = (): void => {
    for (const name of SIGNALS) process.off(name, abort);
  };
  for (const name of SIGNALS) process.on(name, abort);
  // Each target of a run listens for the end of the program: there may be many.
  process.setMaxListeners(0);
  return { signal: controller.signal, release };
}
