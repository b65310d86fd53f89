import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

const isCi = process.env["CI"] !== undefined;
// The files of a worker share a process, so that it loads their modules once. A test waits for what has to be so, however
// long that takes a machine with other work.
const common = { isolate: false, testTimeout: 180_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    globalSetup: "tests/build-once.ts",
    // More than processors: while a test waits for a sandbox or a deadline, another can run.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    sequence: { sequencer: LongestFirst },
    // CI counts what it ran from the file.
    reporters: isCi
      ? ["default", ["json", { outputFile: "test-results/vitest.json" }]]
      : ["default"],
    projects: [
      // Whole programs, servers and targets.
      { test: { name: "programs", include: ["tests/**/*.test.ts"], ...common } },
      // Functions.
      {
        test: {
          name: "units",
          include: ["{harness,runners,reports}/**/*.test.ts"],
          ...common,
        },
      },
    ],
  },
});
