import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { PACKAGE_ROOT } from "../package-root.ts";
import { stepList } from "./step-list.ts";

test("docs/case-files.md lists every step with what it takes.", () => {
  const page = readFileSync(path.join(PACKAGE_ROOT, "docs/case-files.md"), "utf8");
  const [, list = ""] = /<!-- steps -->\s*([^]*?)\s*<!-- end of steps -->/.exec(page) ?? [];
  const plain = (table: string): string =>
    table.replaceAll(/ {2,}/g, " ").replaceAll(/-{3,}/g, "---");
  expect(plain(list)).toBe(plain(stepList()));
});
