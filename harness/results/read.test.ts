import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { InputError } from "../cases/problem.ts";
import { readResults } from "./read.ts";

const RUN = `{"type":"run","version":1,"startedAt":"","selection":{},"documents":[]}`;
const SUMMARY = `{"type":"summary","counts":[],"wallMs":1}`;

function fileOf(text: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "bindcheck-test-")), "results.ndjson");
  writeFileSync(file, text);
  return file;
}

async function problemOf(file: string): Promise<string[]> {
  const error: unknown = await readResults(file, () => undefined).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).lines.map((line) => line.replace(file, "FILE"));
}

test("A recorded stream comes back line by line.", async () => {
  const file = fileURLToPath(new URL("../../reports/golden/stream.ndjson", import.meta.url));
  const types = new Set<string>();
  const end = await readResults(file, ({ type }) => types.add(type));
  expect(end.isComplete).toBe(true);
  expect(types).toContain("observation");
});

test.each([
  ["without a summary", `${RUN}\n`, 1],
  ["cut in the middle of a line", `${RUN}\n${SUMMARY.slice(0, 20)}`, 1],
  ["of two runs, one cut off", `${RUN}\n${SUMMARY}\n${RUN}\n`, 3],
])("A stream %s is not complete, and what is there is read.", async (_, text, count) => {
  let lines = 0;
  expect(await readResults(fileOf(text), () => (lines += 1))).toEqual({ isComplete: false });
  expect(lines).toBe(count);
});

test.each([
  ["an empty file", "", /^FILE:1: the file is empty \(expected: /],
  ["another version", RUN.replace("1", "2"), /^FILE:1: version 2 of the result stream \(.* 1\)$/],
  ["no version", `{"type":"run"}`, /^FILE:1: version undefined/],
  ["no run line", SUMMARY, /^FILE:1: the stream begins with a 'summary' line/],
  ["prose", "once upon a time\n", /^FILE:1: not a line of a result stream/],
  ["a list", "[]\n", /^FILE:1: not a line/],
  ["prose in the middle", `${RUN}\nonce\n${SUMMARY}\n`, /^FILE:2: not a line of JSON \('once'\)$/],
  ["an unknown type", `${RUN}\n{"type":"x"}\n`, /^FILE:2: unknown type 'x' \(allowed: run, /],
  ["a type of Object", `${RUN}\n{"type":"toString"}\n`, /^FILE:2: unknown type 'toString'/],
  ["a missing key", `${RUN}\n{"type":"summary"}\n`, /^FILE:2: the 'summary' line has no 'counts'$/],
])("%s is refused in one line.", async (_, text, message) => {
  const lines = await problemOf(fileOf(text));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(message);
});

test("A file that is not there and a folder are told apart.", async () => {
  expect(await problemOf("/nowhere/at/all")).toEqual(["FILE: there is no such file"]);
  expect(await problemOf(tmpdir())).toEqual(["FILE: this is a folder (name the file in it)"]);
});
