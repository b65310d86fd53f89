import { defineConfig } from "vitest/config";

const isCi = process.env["CI"] !== undefined;

export default defineConfig({
  test: {
    globalSetup: "tests/build-once.ts",
    include: ["{harness,runners,reports,tests}/**/*.test.ts"],
    // CI counts what it ran from the file.
    reporters: isCi
      ? ["default", ["json", { outputFile: "test-results/vitest.json" }]]
      : ["default"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
