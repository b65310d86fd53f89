import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import type { Fault, Scene } from "../fault.ts";

/** What the program writes cannot be written. */
export const outputFails: readonly Fault[] = [
  {
    name: "disk-full",
    what: "the disk of the output is full, or gets full",
    runs: 8,
    mayEnd: ["0", "3"],
    async carryOut(scene) {
      const { random, round, start, count } = scene;
      const isFilled = round % 2 === 1;
      const out = mountSmall(scene, isFilled ? "size=32m" : `size=${random.integer(8, 300)}k`);
      const stream = path.join(out, "results.ndjson");
      const program = start({ arguments: ["--out", out], stream });
      if (isFilled) {
        if (!(await program.reaches(random.fraction() * 0.9))) return;
        fillUp(path.join(out, "ballast"));
      }
      count();
    },
  },
  {
    name: "stdout-full",
    what: "standard output is a full disk",
    runs: 2,
    mayEnd: ["3"],
    async carryOut({ start, count, after, folder, random }) {
      const full = openSync("/dev/full", "w");
      after(() => closeSync(full));
      const reporter = random.pick(["pretty", "tap=-", "github"]);
      start({
        arguments: ["--reporter", reporter, "--reporter", `ndjson=${folder}/results-0.ndjson`],
        stream: path.join(folder, "results-0.ndjson"),
        stdio: ["ignore", full, "pipe"],
      });
      count();
    },
  },
  {
    name: "output-read-only",
    what: "the folder of the output is read-only",
    runs: 2,
    mayEnd: ["2"],
    async carryOut(scene) {
      const out = mountSmall(scene, "ro");
      scene.start({ arguments: ["--out", out], stream: path.join(out, "results.ndjson") });
      scene.count();
    },
  },
  {
    name: "reader-gone",
    what: "who reads standard output, or standard error, goes away",
    runs: 6,
    mayEnd: ["0", "130"],
    async carryOut({ random, start, count, folder }) {
      const program = start({
        arguments: ["--reporter", "tap", "--reporter", `ndjson=${folder}/results-0.ndjson`],
        stream: path.join(folder, "results-0.ndjson"),
        stdio: ["ignore", "pipe", "pipe"],
      });
      if (!(await program.reaches(random.fraction() * 0.9))) return;
      program.hangUp(random.pick(["stdout", "stderr"]));
      count();
    },
  },
];

/** A file system of the scene's own. */
function mountSmall({ folder, after }: Scene, options: string): string {
  const out = path.join(folder, "out");
  mkdirSync(out);
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", out]);
  after(() => execFileSync("umount", [out]));
  return out;
}

function fillUp(file: string): void {
  const descriptor = openSync(file, "w");
  const block = Buffer.alloc(1024 * 1024);
  try {
    for (;;) writeSync(descriptor, block);
  } catch {
    // Full it is.
  } finally {
    closeSync(descriptor);
  }
}
