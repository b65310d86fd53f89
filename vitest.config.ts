import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "tests/build-once.ts",
    include: ["{harness,runners,reports,tests}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
