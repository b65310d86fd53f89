import { defineConfig } from "vitest/config";

// The tests of what a later Node has, run by that Node. The run before this one has built dist/.
export default defineConfig({
  test: {
    include: ["tests/native/linux.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    reporters: ["default", ["json", { outputFile: "test-results/vitest-other-node.json" }]],
  },
});
