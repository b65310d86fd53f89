import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lastWords } from "./last-words.ts";

const folder = mkdtempSync(join(tmpdir(), "last-words-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

test("several lines become one, without control characters", () => {
  const path = file("words", "wine: cannot\r\n\u001B find it\u0000\n");
  expect(lastWords(path)).toBe("; it last said: wine: cannot find it");
});

test("the first file that holds words is the one", () => {
  expect(lastWords(file("silent", " \n"), file("other", "this"))).toBe("; it last said: this");
});

test("a silent program said nothing", () => {
  expect(lastWords(file("empty", ""))).toBe("");
});

test("of many words the last are kept", () => {
  expect(lastWords(file("long", `${"x".repeat(5000)}the end`))).toMatch(
    /^; it last said: x{393}the end$/,
  );
});
