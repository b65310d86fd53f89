import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeFolder } from "../tests/program/bindcheck.ts";
import { netnsRunner } from "./netns.ts";
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

test.runIf(process.platform === "win32")("A file that another holds is waited for.", async () => {
  const folder = openRunFolder();
  const [free, held] = [path.join(folder.path, "free"), path.join(folder.path, "held")];
  for (const file of [free, held]) writeFileSync(file, "");
  const descriptor = openSync(held, 0x1000_0000); // UV_FS_O_EXLOCK of libuv: shared with no other
  const removed = folder.remove();
  while (existsSync(free)) await turn();
  closeSync(descriptor);
  await removed;
  expect(existsSync(folder.path)).toBe(false);
});

// Linux holds what something is mounted on, with the same error: EBUSY.
const WAITS = `
const { execFileSync } = require("node:child_process");
const { existsSync, mkdirSync, writeFileSync } = require("node:fs");
const { setImmediate: turn } = require("node:timers/promises");
import(process.argv[1]).then(async ({ openRunFolder }) => {
  const folder = openRunFolder();
  const [free, held] = ["free", "held"].map((name) => folder.path + "/" + name);
  mkdirSync(held);
  execFileSync("mount", ["-t", "tmpfs", "none", held]);
  writeFileSync(free, "");
  const removed = folder.remove();
  while (existsSync(free)) await turn();
  execFileSync("umount", [held]);
  await removed;
  console.log(existsSync(folder.path));
});`;

const { here } = await netnsRunner().availability();

test.runIf(here)("A folder that the system holds is waited for.", () => {
  const module = fileURLToPath(new URL("../dist/runners/run-folder.js", import.meta.url));
  const words = ["-rm", process.execPath, "--eval", WAITS, module];
  expect(execFileSync("unshare", words, { encoding: "utf8" })).toBe("false\n");
});
