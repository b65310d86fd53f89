import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { makeFolder } from "../../tests/program/bindcheck.ts";
import { removeHeld, renameHeld, untilFree } from "./held-files.ts";

/** Something that fails with these codes, one after the other, and then succeeds; counts how often it was tried. */
function held(...codes: readonly string[]) {
  const left = [...codes];
  const tries = { count: 0 };
  const use = (): void => {
    tries.count += 1;
    const code = left.shift();
    if (code !== undefined) throw Object.assign(new Error(`${code}: held`), { code });
  };
  return { use, tries };
}

test("On Windows what is held is tried until it is free.", () => {
  const { use, tries } = held("EBUSY", "EPERM", "EACCES");
  untilFree(use, "win32");
  expect(tries.count).toBe(4);
});

test.each([
  ["linux", "EBUSY"],
  ["win32", "ENOENT"],
] as const)("On %s %s is final.", (platform, code) => {
  const { use, tries } = held(code);
  expect(() => untilFree(use, platform)).toThrow(code);
  expect(tries.count).toBe(1);
});

// Holds a file as a virus scanner does, without sharing it (UV_FS_O_EXLOCK of libuv), until the other side is at work.
const HOLDER = `
const { closeSync, openSync } = require("node:fs");
const { parentPort, workerData: { file, signal } } = require("node:worker_threads");
const descriptor = openSync(file, 0x10000000);
parentPort.postMessage("held");
Atomics.wait(signal, 0, 0);
Atomics.wait(signal, 0, 1, 300);
closeSync(descriptor);`;

describe.runIf(process.platform === "win32")("A file that another holds", () => {
  test.each([
    ["is removed", (file: string) => removeHeld(file)],
    ["is renamed", (file: string) => renameHeld(file, `${file}.old`)],
    ["is replaced", (file: string) => renameHeld(`${file}.new`, file)],
  ])("%s as soon as it is free.", async (_, use) => {
    const file = path.join(await makeFolder(), "results.ndjson");
    writeFileSync(file, "old");
    writeFileSync(`${file}.new`, "new");
    const signal = new Int32Array(new SharedArrayBuffer(4));
    const holder = new Worker(HOLDER, { eval: true, workerData: { file, signal } });
    await once(holder, "message");
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
    use(file);
    expect(existsSync(file) && readFileSync(file, "utf8")).not.toBe("old");
    await once(holder, "exit");
  });
});
