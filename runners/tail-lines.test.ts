import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tailLines } from "./tail-lines.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tail-lines-"));
  file = join(folder, "lines");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function all(lines: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const line of lines) collected.push(line);
  return collected;
}

test("lines come while the writer is still writing, each when it is complete", async () => {
  writeFileSync(file, "");
  let over = false;
  const lines = tailLines(file, () => over);
  for (const word of ["one", "two"]) {
    appendFileSync(file, `{"word":"${word}`);
    const next = lines.next();
    await sleep(30);
    appendFileSync(file, `"}\n`);
    expect(await next).toEqual({ done: false, value: { word } });
  }
  over = true;
  expect(await lines.next()).toEqual({ done: true, value: undefined });
});

test("what was written before the end is read to the end, whatever its size", async () => {
  const rows = Array.from({ length: 5000 }, (_, number) => ({ number, text: "é漢".repeat(20) }));
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  expect(await all(tailLines(file, () => true))).toEqual(rows);
});

test("a last line that was cut off is dropped", async () => {
  writeFileSync(file, '{"a":1}\n{"a":');
  expect(await all(tailLines(file, () => true))).toEqual([{ a: 1 }]);
});

test.each(["Segmentation fault", "null", '"one"', "1"])(
  "%s, which is no result, is shown",
  async (line) => {
    writeFileSync(file, `${line}\n`);
    await expect(all(tailLines(file, () => true))).rejects.toThrow(
      `The target wrote a line that is no result: ${line}`,
    );
  },
);

test("a line without an end is given up before it fills the memory", async () => {
  writeFileSync(file, "x".repeat(17 * 1024 * 1024));
  await expect(all(tailLines(file, () => false))).rejects.toThrow(
    "a line of more than 16777216 characters",
  );
});
