import { chmodSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Fault } from "../fault.ts";

// Debian's account for what has no rights, which the limit holds for.
const NOBODY = "65534";

/** Processes and threads run out. */
export const processes: readonly Fault[] = [
  {
    name: "processes-few",
    what: "a run may have few processes and threads (`ulimit -u`)",
    runs: 8,
    // What takes no right.
    files: ["cases/linux/socket-7.yaml"],
    mayEnd: ["0", "3"],
    async carryOut({ random, folder, start, count }) {
      const temporary = path.join(folder, "tmp");
      mkdirSync(temporary, { recursive: true });
      chmodSync(path.dirname(folder), 0o755);
      for (const each of [folder, temporary]) chmodSync(each, 0o777);
      start({
        words: [
          "setpriv",
          `--reuid=${NOBODY}`,
          `--regid=${NOBODY}`,
          "--clear-groups",
          "prlimit",
          // With fewer, the harness itself does not come up.
          `--nproc=${random.integer(12, 30)}`,
        ],
        environment: { HOME: temporary },
      });
      count();
    },
  },
];
