import type Koffi from "koffi";
import { setTimeout as sleep } from "node:timers/promises";
import { loadKoffi } from "../../binder/load-koffi.ts";
import { openJob } from "./job-object.ts";
import { descendantsOf } from "./descendants.ts";

/** Holds a command and everything that it starts, also what detaches itself, so that all of it can be ended. */
export interface Containment {
  members(): number[];
  /** Ends them: asks first where the system can, then kills. */
  end(): Promise<void>;
}

/** Of this process: it has to be called before the command is started. */
export function contain(): Containment {
  const koffi = loadKoffi();
  if (process.platform === "win32") return openJob(koffi);
  if (process.platform === "linux") adoptOrphans(koffi);
  return { members: () => descendantsOf(process.pid), end: endDescendants };
}

// include/uapi/linux/prctl.h; PR_SET_CHILD_SUBREAPER(2const): orphans below become children of this process.
const PR_SET_CHILD_SUBREAPER = 36;

function adoptOrphans(koffi: typeof Koffi): void {
  const prctl = koffi.load(null).func("int prctl(int, ...)");
  prctl(PR_SET_CHILD_SUBREAPER, "unsigned long", 1);
}

// A server that ends in good order takes its pid file and its sockets along.
const GRACE_MS = 2000;
const LOOK_EVERY_MS = 20;

async function endDescendants(): Promise<void> {
  for (const pid of descendantsOf(process.pid)) kill(pid, "SIGTERM");
  for (let waited = 0; waited < GRACE_MS; waited += LOOK_EVERY_MS) {
    if (descendantsOf(process.pid).length === 0) return;
    await sleep(LOOK_EVERY_MS);
  }
  // One that is just being started shows in the next look.
  for (let left = descendantsOf(process.pid); left.length > 0;) {
    for (const pid of left) kill(pid, "SIGKILL");
    await sleep(LOOK_EVERY_MS);
    left = descendantsOf(process.pid);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
