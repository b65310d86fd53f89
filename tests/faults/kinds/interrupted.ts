import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";

export const interrupted: Fault = {
  name: "interrupted",
  what: "SIGINT, SIGTERM or SIGHUP, to the program or to all its processes, once or twice",
  runs: 20,
  // By a signal: in its first moments, or by the second one. With 0 where it was over before.
  mayEnd: ["130", "SIGINT", "SIGTERM", "SIGHUP", "0"],
  async carryOut({ random, round, start, count }) {
    const signal = random.pick(["SIGINT", "SIGTERM", "SIGHUP"]);
    const program = start();
    if (round % 4 === 0) await sleep(random.integer(0, 400));
    else await program.reaches(random.fraction() * 0.95);
    const target = random.pick([program.pid, -program.pid]);
    for (let times = random.integer(1, 2); times > 0 && !program.isOver(); times--) {
      process.kill(target, signal);
      count();
      await sleep(random.integer(0, 10));
    }
  },
};
