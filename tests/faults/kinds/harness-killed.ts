import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { isDone } from "../is-done.ts";

// A run that was over before the moment that chance chose has passed, and counts as no fault.
const OVER_OR_KILLED = ["SIGKILL", "0"];

/** The harness is killed, or stands still. */
export const harnessKilled: readonly Fault[] = [
  {
    name: "harness-killed",
    what: "SIGKILL of the harness",
    runs: 16,
    mayEnd: OVER_OR_KILLED,
    async carryOut({ random, round, start, count }) {
      const program = start();
      if (round % 4 === 0) await sleep(random.integer(0, 400));
      else await program.reaches(random.fraction() * 0.95);
      if (isDone(program.pid, () => process.kill(program.pid, "SIGKILL"))) count();
    },
  },
  {
    name: "harness-killed-binder-stopped",
    what: "SIGKILL of the harness while a binder stands still",
    runs: 6,
    mayEnd: OVER_OR_KILLED,
    async carryOut({ random, start, count }) {
      const program = start();
      // From the first observation on the two oldest have told the kernel whom to end with.
      await program.observes();
      await program.reaches(random.fraction() * 0.9);
      const [first, second] = program.binders();
      if (first === undefined) return;
      const chosen = random.pick([first, second ?? first]);
      const isStopped = isDone(chosen, () => process.kill(chosen, "SIGSTOP"));
      if (isDone(program.pid, () => process.kill(program.pid, "SIGKILL")) && isStopped) count(2);
    },
  },
  {
    name: "harness-killed-netns",
    what: "SIGKILL of the harness while another one measures inside a namespace; then a run that cleans up",
    runs: 3,
    mayEnd: OVER_OR_KILLED,
    async carryOut({ random, start, count }) {
      const program = start({ arguments: ["--on", "netns"] });
      await program.reaches(random.fraction() * 0.9);
      if (isDone(program.pid, () => process.kill(program.pid, "SIGKILL"))) count();
      await program.ended;
      await start({ arguments: ["--on", "netns"] }).ended;
    },
  },
  {
    name: "harness-stopped",
    what: "the harness stands still (SIGSTOP) for longer than its deadlines, then goes on",
    runs: 5,
    mayEnd: ["0", "3"],
    async carryOut({ random, start, count }) {
      const program = start({ arguments: ["--timeout", "200"] });
      const moments = [random.fraction(), random.fraction()].toSorted((a, b) => a - b);
      for (const moment of moments) {
        if (!(await program.reaches(moment))) return;
        process.kill(program.pid, "SIGSTOP");
        await sleep(random.integer(250, 600));
        process.kill(program.pid, "SIGCONT");
        count();
      }
    },
  },
];
