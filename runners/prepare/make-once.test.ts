import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeOnce } from "./make-once.ts";

let cache = "";
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "make-once-"));
});
afterEach(() => rmSync(cache, { recursive: true }));

/** Leaves its name in the folder it makes. */
function maker(name: string): (folder: string) => Promise<void> {
  return async (folder) => {
    await sleep(20);
    writeFileSync(join(folder, "maker"), name);
  };
}

function made(): string {
  return readFileSync(join(cache, "thing", "maker"), "utf8");
}

test("what is there is not made again", async () => {
  await makeOnce(join(cache, "thing"), maker("first"));
  await makeOnce(join(cache, "thing"), maker("second"));
  expect(made()).toBe("first");
});

test("two makers at once leave one whole thing", async () => {
  await Promise.all(["one", "two"].map((name) => makeOnce(join(cache, "thing"), maker(name))));
  expect(["one", "two"]).toContain(made());
  expect(readdirSync(cache)).toEqual(["thing"]);
});

test("a maker that fails leaves nothing, and the next one may succeed", async () => {
  const fails = async (folder: string): Promise<void> => {
    await maker("half")(folder);
    throw new Error("no space left");
  };
  await expect(makeOnce(join(cache, "thing"), fails)).rejects.toThrow("no space left");
  expect(readdirSync(cache)).toEqual([]);
  await makeOnce(join(cache, "thing"), maker("next"));
  expect(made()).toBe("next");
});

test("what a killed maker left is removed when it is old, not when it may be at work", async () => {
  for (const name of ["thing.making-old", "thing.making-young"]) mkdirSync(join(cache, name));
  utimesSync(join(cache, "thing.making-old"), new Date(0), new Date(0));
  await makeOnce(join(cache, "thing"), maker("now"));
  expect(readdirSync(cache).toSorted()).toEqual(["thing", "thing.making-young"]);
});
