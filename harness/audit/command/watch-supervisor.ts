import { readFileSync } from "node:fs";

// A stopped supervisor is noticed at the next look on Linux, elsewhere by its silence.
const LOOK_EVERY_MS = 500;
const LONGEST_SILENCE_MS = 10_000;
// Node for Windows may take longer than that to start under Wine on a busy machine.
const LONGEST_START_MS = 60_000;

/** Looks now and then whether a supervisor still answers; `lose` is called once when it does not. Returns how to stop. */
export function watchSupervisor(
  pid: number | undefined,
  ask: () => Promise<unknown>,
  lose: (how: string) => void,
): () => void {
  let lastAnswer = performance.now();
  let mostMs = LONGEST_START_MS;
  let isAsked = false;
  const look = (): void => {
    if (isStopped(pid)) return finish("was stopped");
    if (performance.now() - lastAnswer > mostMs) return finish("does not answer");
    if (isAsked) return;
    isAsked = true;
    const answered = (): void => {
      isAsked = false;
      lastAnswer = performance.now();
      mostMs = LONGEST_SILENCE_MS;
    };
    ask().then(answered, () => undefined);
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const finish = (how: string): void => {
    clearInterval(timer);
    lose(how);
  };
  return () => clearInterval(timer);
}

/** proc_pid_stat(5): the state follows the name in brackets; T is stopped by a signal. */
function isStopped(pid: number | undefined): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat[stat.lastIndexOf(")") + 2] === "T";
  } catch {
    return false;
  }
}
