import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

const isCi = process.env["CI"] !== undefined;
const timeouts = { testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    globalSetup: "tests/build-once.ts",
    // Left to itself vitest keeps one processor free, which on two processors is one worker.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    // CI counts what it ran from the file.
    reporters: isCi
      ? ["default", ["json", { outputFile: "test-results/vitest.json" }]]
      : ["default"],
    projects: [
      // Whole programs, servers and targets: each file in a process of its own.
      { test: { name: "programs", include: ["tests/**/*.test.ts"], ...timeouts } },
      // Functions: the files share a process, which saves loading the same modules a hundred times.
      {
        test: {
          name: "units",
          include: ["{harness,runners,reports}/**/*.test.ts"],
          isolate: false,
          ...timeouts,
        },
      },
    ],
  },
});
