import { readFileSync, readdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The children of a process, as Linux tells them: proc_pid_task(5). */
export function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
        .split(" ")
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return []; // it has ended
  }
}

/** Whether a process runs; one that has ended and waits for its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits until something is so; the time-out of the test is the only limit. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

/**
 * Starts a program that writes lines to a file until it is caught with more than `from` and fewer than `to` of them: on a
 * busy machine it may be far on, or over, before anybody looks. The file is removed before each start. Throws when the
 * program ends with fewer.
 */
export async function catchBetween<
  Running extends PromiseLike<unknown> & { readonly pid?: number },
>(
  file: string,
  [from, to]: readonly [from: number, to: number],
  start: () => Running,
): Promise<{ readonly running: Running }> {
  for (let run = 1; run <= MOST_RUNS; run++) {
    rmSync(file, { force: true });
    const running = start();
    const isOver = (): boolean => !isThere(running.pid ?? 0);
    let lines = 0;
    await until(() => isOver() || (lines = countLines(file)) > from);
    if (lines > from && lines < to && !isOver()) return { running };
    await running;
    if (countLines(file) <= from) throw new Error(`it ended before ${file} had ${from} lines`);
  }
  throw new Error(`${MOST_RUNS} runs were over before they could be caught`);
}

/** How often a run may be over before it can be interfered with. */
export const MOST_RUNS = 20;

/** Whether a process is there; on Linux one that has ended and waits for its parent is not. */
function isThere(pid: number): boolean {
  if (process.platform === "linux") return isRunning(pid);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The number of whole lines in a file that may not be there yet. */
export function countLines(file: string): number {
  try {
    return readFileSync(file, "utf8").split("\n").length - 1;
  } catch {
    return 0;
  }
}
