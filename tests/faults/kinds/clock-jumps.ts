import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Fault } from "../fault.ts";

const PRELOAD = pathToFileURL(path.resolve("dist/faults/clock.js")).href;
const TEN_YEARS_S = 10 * 365 * 24 * 3600;

/** Clocks that do not do what clocks do. */
export const clockJumps: readonly Fault[] = [
  {
    name: "clock-jumps",
    what: "the wall clock jumps by up to ten years, forth and back, before each look at it",
    runs: 4,
    mayEnd: ["0", "3"],
    async carryOut({ random, folder, start, count }) {
      const marks = path.join(folder, "marks");
      mkdirSync(marks);
      const { ended } = start({
        environment: {
          BINDCHECK_TEST_CLOCK: JSON.stringify({ seed: String(random.fraction()), folder: marks }),
          NODE_OPTIONS: `--import=${PRELOAD}`,
        },
      });
      await ended;
      count(readdirSync(marks).length);
    },
  },
  {
    name: "clock-elsewhere",
    what: "the system has been up for years (a time namespace)",
    runs: 2,
    needs: ["unshare", "--time", "true"],
    mayEnd: ["0", "3"],
    async carryOut({ random, start, count }) {
      const offset = String(random.integer(1, 10 * TEN_YEARS_S));
      start({ words: ["unshare", "--time", "--monotonic", offset, "--boottime", offset] });
      count();
    },
  },
];
