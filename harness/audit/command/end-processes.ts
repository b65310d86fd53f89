import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 20;

/**
 * Asks processes to end, and kills those that are left after a while, with all that they start meanwhile. `graceMs` may
 * become shorter while it waits.
 */
export async function endProcesses(find: () => number[], graceMs: () => number): Promise<void> {
  for (const pid of find()) kill(pid, "SIGTERM");
  for (let waited = 0; waited < graceMs(); waited += LOOK_EVERY_MS) {
    if (find().length === 0) return;
    await sleep(LOOK_EVERY_MS);
  }
  // One that is just being started shows in the next look.
  for (let left = find(); left.length > 0; left = find()) {
    for (const pid of left) kill(pid, "SIGKILL");
    await sleep(LOOK_EVERY_MS);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
