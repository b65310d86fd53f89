import { isRunning } from "../program/processes.ts";

/** Does harm to a process, and says whether it was there to be harmed: one that was chosen may end at any moment. */
export function isDone(pid: number, harm: () => unknown): boolean {
  try {
    harm();
    return true;
  } catch (error) {
    if (isRunning(pid)) throw error;
    return false;
  }
}
