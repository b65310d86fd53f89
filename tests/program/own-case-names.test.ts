import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const NAME = "cases/windows/so-exclusiveaddruse.yaml";

test("Case files of the package are found by their names from any folder, and own files come first.", async () => {
  const folder = await makeFolder();
  const own = await bindcheck(["list", NAME]);
  expect(own.exitCode).toBe(0);
  expect(await bindcheck(["list", NAME], { cwd: folder })).toEqual(own);
  expect(await bindcheck(["list", "cases/windows"], { cwd: folder })).toMatchObject({
    exitCode: 0,
  });
  mkdirSync(path.join(folder, "cases", "windows"), { recursive: true });
  writeFileSync(path.join(folder, NAME), "document: 7\n");
  expect(await bindcheck(["list", NAME], { cwd: folder })).toMatchObject({ exitCode: 2 });
});

test("Nothing else of the package is taken for a file from here.", async () => {
  const ended = await bindcheck(["list", "package.json"], { cwd: await makeFolder() });
  expect(ended.stderr).toMatch(/^package\.json:1:1: there is no such file$/);
});
