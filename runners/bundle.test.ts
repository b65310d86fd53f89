import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../harness/package-root.ts";
import { NEEDED_THERE } from "./prepare/dependencies.ts";

// Prepares targets of this machine.
const STAYS_HERE = ["zx"];

test("A bundle holds every package that the program asks for.", () => {
  const dist = path.join(PACKAGE_ROOT, "dist");
  const asked = readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".cjs"))
    .flatMap((name) => packagesIn(readFileSync(path.join(dist, name), "utf8")));
  expect(asked).toContain("zx");
  const missing = asked.filter((name) => ![...NEEDED_THERE, ...STAYS_HERE].includes(name));
  expect(missing).toEqual([]);
});

/** Names of packages behind `require` and `import()`. */
function packagesIn(code: string): string[] {
  return [...code.matchAll(/\b(?:require|import)\("([^".][^"]*)"\)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("node:") && !builtinModules.includes(name))
    .map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/"));
}
