import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "./make-folder.ts";

const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-test-"));

test("All that is missing of a path is made, and what is there stays.", () => {
  const deep = path.join(folder, "a", "b", "c");
  makeFolder(deep);
  makeFolder(deep);
  expect(statSync(deep).isDirectory()).toBe(true);
});

test("A file on the way is reported.", () => {
  writeFileSync(path.join(folder, "file"), "");
  expect(() => makeFolder(path.join(folder, "file"))).toThrow("EEXIST");
  expect(() => makeFolder(path.join(folder, "file", "below"))).toThrow(/ENOTDIR|EEXIST|ENOENT/);
});

test.skipIf(process.platform !== "linux")(
  "A folder that makes nothing is reported, at once.",
  () => {
    expect(() => makeFolder("/proc/nope/below")).toThrow("ENOENT");
  },
);
