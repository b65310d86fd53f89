import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Fault } from "../fault.ts";
import type { ViceSetting } from "../preload/binder-vice.ts";
import type { ViceName } from "../preload/vices.ts";

const PRELOAD = pathToFileURL(path.resolve("dist/faults/binder-vice.js")).href;

// For a run.
const MOST = 10;
// About: those of tables travel by the batch, the steps of scenarios alone.
const EXPERIMENTS_PER_REPLY = 8;

/** Binders whose replies are spoilt on their way out, one fault for each vice. */
export const binderVices: readonly Fault[] = [
  vice("babbles", "a binder writes garbage: other text, other JSON, random bytes, endless lines"),
  vice("cuts-off", "a binder's line is cut off"),
  vice("comes-late", "replies come out of order"),
  vice("says-again", "a reply comes twice"),
  vice("comes-in-pieces", "a reply comes in pieces"),
  vice("floods-stderr", "a binder writes megabytes on stderr"),
  vice("dies-loudly", "a binder dies with megabytes of last words"),
  vice("falls-silent", "a binder falls silent, and would outlive its harness"),
];

function vice(name: ViceName, what: string): Fault {
  return {
    name: `binder-${name}`,
    what,
    runs: 4,
    mayEnd: ["0", "3"],
    async carryOut({ random, folder, experiments, start, count }) {
      const marks = path.join(folder, "marks");
      mkdirSync(marks);
      const setting: ViceSetting = {
        vice: name,
        seed: String(random.fraction()),
        chance: MOST / (experiments / EXPERIMENTS_PER_REPLY),
        most: MOST,
        folder: marks,
      };
      const { ended } = start({
        arguments: ["--timeout", "400"],
        environment: {
          BINDCHECK_TEST_VICE: JSON.stringify(setting),
          NODE_OPTIONS: `--import=${PRELOAD}`,
        },
      });
      await ended;
      count(readdirSync(marks).length);
    },
  };
}
