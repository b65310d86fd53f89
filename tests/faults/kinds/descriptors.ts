import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import type { Fault, Scene } from "../fault.ts";
import { isDone } from "../is-done.ts";

/** File descriptors run out. */
export const descriptors: readonly Fault[] = [
  {
    name: "descriptors-few",
    what: "a run has few file descriptors (`ulimit -n`) from its start",
    runs: 8,
    mayEnd: ["0", "3"],
    async carryOut({ random, start, count }) {
      // With fewer, Node itself does not come up.
      start({ words: ["prlimit", `--nofile=${random.integer(24, 100)}`] });
      count();
    },
  },
  {
    name: "descriptors-harness",
    what: "the harness has no file descriptors left, and needs a new binder",
    runs: 5,
    mayEnd: ["0", "3"],
    async carryOut({ random, start, count }) {
      const program = start();
      if (!(await program.reaches(random.fraction() * 0.9))) return;
      const more = random.integer(1, 8);
      const limit = (): void =>
        limitDescriptors(program.pid, highestDescriptor(program.pid) + more);
      if (!isDone(program.pid, limit)) return;
      const [first, ...others] = program.binders();
      if (first === undefined) return;
      const chosen = random.pick([first, ...others]);
      if (isDone(chosen, () => process.kill(chosen, "SIGKILL"))) count();
    },
  },
  {
    name: "descriptors-binder",
    what: "one binder has no file descriptors left",
    runs: 6,
    mayEnd: ["0", "3"],
    carryOut: limitBinder,
  },
];

async function limitBinder({ random, start, count }: Scene): Promise<void> {
  const program = start();
  if (!(await program.reaches(random.fraction() * 0.9))) return;
  // Even root may not limit a process of another account, where a container keeps that right from it.
  const own = program
    .binders()
    .filter(
      (pid) => statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid === process.getuid?.(),
    );
  const [first, ...others] = own;
  if (first === undefined) return;
  // Node has about twenty for itself, and a batch is of 32 sockets.
  const chosen = random.pick([first, ...others]);
  const limit = random.integer(16, 50);
  if (isDone(chosen, () => limitDescriptors(chosen, limit))) count();
}

function highestDescriptor(pid: number): number {
  return Math.max(...readdirSync(`/proc/${pid}/fd`).map(Number));
}

/** From now on a process gets no descriptor from this one on; what it has it keeps. */
function limitDescriptors(pid: number, limit: number): void {
  execFileSync("prlimit", ["--pid", String(pid), `--nofile=${limit}`]);
}
