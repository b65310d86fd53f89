import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { defineConfig, type Plugin } from "vitest/config";

// The project "units" for a Node of Windows under Wine.
export default defineConfig({
  plugins: [relativeImports()],
  test: {
    include: ["{harness,runners,reports}/**/*.test.ts"],
    isolate: false,
    // Not threads: process.umask cannot be set in them.
    pool: "forks",
    maxWorkers: 1,
    // Starting a program takes Wine seconds.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["default", ["json", { outputFile: "test-results/vitest-wine.json" }]],
  },
});

/** Rolldown's build for WebAssembly resolves no path that begins with the letter of a drive. */
function relativeImports(): Plugin {
  return {
    name: "relative-imports",
    enforce: "pre",
    resolveId(name: string, importer: string | undefined) {
      if (!importer || !/^\.\.?\//.test(name)) return null;
      const file = resolve(dirname(importer), name).replaceAll("\\", "/");
      return existsSync(file) ? file : null;
    },
  };
}
