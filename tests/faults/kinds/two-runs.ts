import type { Fault } from "../fault.ts";

export const twoRuns: Fault = {
  name: "two-runs",
  what: "two runs at once on one machine, on the same few ports",
  runs: 2,
  mayEnd: ["0", "3"],
  async carryOut({ random, round, start, count }) {
    // Few enough to meet; every other time the harness chooses, as it does for users.
    const from = random.integer(10_000, 20_000);
    const ports = round % 2 === 0 ? ["--ports", `${from}-${from + 500}`] : [];
    start({ arguments: ports });
    start({ arguments: ports });
    count();
  },
};
