import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeFolder } from "../tests/program/bindcheck.ts";
import { openRunFolder } from "./run-folder.ts";

let parent = "";
beforeEach(async () => {
  parent = await makeFolder();
  for (const name of ["TMPDIR", "TEMP", "TMP"]) vi.stubEnv(name, parent);
});
afterEach(() => void vi.unstubAllEnvs());

test("A run's folder is there until it is removed.", async () => {
  const folder = openRunFolder();
  expect(path.dirname(folder.path)).toBe(parent);
  expect(existsSync(folder.path)).toBe(true);
  await folder.remove();
  expect(existsSync(folder.path)).toBe(false);
});

test("The next run removes the folder of one that was killed, and no other.", async () => {
  const own = openRunFolder();
  const named = (pid: number, name: string): string =>
    path.join(parent, path.basename(own.path).replace(`-${process.pid}-`, `-${pid}-`) + name);
  const ended = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  const orphan = named(ended, "orphan");
  const others = [
    named(process.ppid, "alive"),
    path.join(parent, `bindcheck-elsewhere-${ended}-orphan`),
    path.join(parent, "bindcheck-results"),
  ];
  for (const folder of [orphan, ...others])
    mkdirSync(path.join(folder, "below"), { recursive: true });
  const next = openRunFolder();
  expect(existsSync(orphan)).toBe(false);
  for (const folder of [own.path, ...others]) expect(existsSync(folder), folder).toBe(true);
  await Promise.all([own.remove(), next.remove()]);
});
