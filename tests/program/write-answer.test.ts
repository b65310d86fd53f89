import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { bindcheck, makeFolder } from "./bindcheck.ts";

const ID = "tcp/ipv4 none@wildcard > none@wildcard";
const STREAM = "reports/golden/stream.ndjson";

let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
});

test.each([
  ["reproduce", [ID]],
  ["list", ["--document", "so-exclusiveaddruse/table-1"]],
  ["list", ["--conflicts", "--json"]],
  ["diff", [STREAM, STREAM]],
  ["diff", [STREAM, STREAM, "--markdown"]],
  ["errata", [STREAM]],
])("%s %j writes to a file what it would write to the terminal.", async (command, rest) => {
  const told = await bindcheck([command, ...rest]);
  expect(told.stdout).not.toBe("");
  const file = path.join(folder, "new", "answer.txt");
  const written = await bindcheck([command, ...rest, "--out", file]);
  expect(written).toEqual({ ...told, stdout: "" });
  expect(readFileSync(file, "utf8").trimEnd()).toBe(told.stdout);
});

test("A file that cannot be written is reported in one line.", async () => {
  mkdirSync(path.join(folder, "taken"));
  const ended = await bindcheck(["list", "--out", path.join(folder, "taken")]);
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toMatch(/^.*taken cannot be written: [^\n]+$/);
});

test("Nothing is written where the input is wrong.", async () => {
  const file = path.join(folder, "never.c");
  const ended = await bindcheck(["reproduce", `${ID}x`, "--language", "c", "--out", file]);
  expect(ended.exitCode).toBe(2);
  expect(existsSync(file)).toBe(false);
});
