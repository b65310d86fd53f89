import { readFileSync } from "node:fs";
import type { Scene } from "../fault.ts";
import { isDone } from "../is-done.ts";

/** Sends a signal to binders, chosen by chance among the `oldest`, at `times` moments of a run. */
export async function signalBinders(
  { random, start, count }: Scene,
  { signal, times, oldest }: { signal: NodeJS.Signals; times: number; oldest: number },
): Promise<void> {
  const program = start({ arguments: ["--timeout", "400"] });
  const moments = Array.from({ length: times }, random.fraction).toSorted((a, b) => a - b);
  for (const moment of moments) {
    if (!(await program.reaches(moment))) return;
    const awake = program.binders().filter((pid) => !isStopped(pid));
    const [first, ...others] = awake.slice(0, oldest);
    if (first === undefined) continue; // it is starting new ones
    const chosen = random.pick([first, ...others]);
    if (isDone(chosen, () => process.kill(chosen, signal))) count();
  }
}

function isStopped(pid: number): boolean {
  try {
    return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true; // it has ended
  }
}
