import { setImmediate as turn } from "node:timers/promises";

/**
 * Before a process is started: a signal of the system that came while this one was busy, such as loading, is heard only when
 * it comes to rest. Throws the reason once the signal is aborted.
 */
export async function hearSignal(signal: AbortSignal): Promise<void> {
  await turn();
  signal.throwIfAborted();
}
