import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { OWN_FOLDER } from "./own-package.ts";
import { NEEDED_THERE } from "./prepare/dependencies.ts";

test("a bundle holds every package that the harness imports", () => {
  const harness = path.join(OWN_FOLDER, "dist", "harness");
  const imported = readdirSync(harness, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js") && name !== "vitest.js")
    .flatMap((name) => importsOf(readFileSync(path.join(harness, name), "utf8")));
  expect(imported).toContain("commander");
  expect(imported.filter((name) => !NEEDED_THERE.includes(name))).toEqual([]);
});

/** Names of packages behind `from` and in `import()`. */
function importsOf(code: string): string[] {
  const found = code.matchAll(/(?:^import .*from |^import |\bimport\()"([^."][^"]*)"/gm);
  return [...found]
    .map(([, name = ""]) => name)
    .filter((name) => !name.startsWith("node:"))
    .map((name) =>
      name
        .split("/")
        .slice(0, name.startsWith("@") ? 2 : 1)
        .join("/"),
    );
}
