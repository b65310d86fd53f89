import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as fc from "fast-check";
import { claimsOf, scenarioFile } from "../../tests/samples/scenario.ts";
import { SUCCESS, sampleRun, sampleTimings } from "../../tests/samples/recorded-run.ts";
import { recordedLines, replay } from "../../reports/golden/replay.ts";
import { reporterNames } from "../../reports/reporters.ts";
import type { Line } from "./line.ts";
import { InputError } from "../model/problem.ts";
import { readResults } from "./read.ts";

const { run, targets, observations, verdicts, summary } = sampleRun({
  outcomes: { SO_REUSEADDR: SUCCESS },
});
const RUN = JSON.stringify(run);
const TARGET = JSON.stringify(targets[0]);
const VERDICT = JSON.stringify(verdicts[0]);
const OBSERVATION = JSON.stringify(observations[0]);
const SUMMARY = JSON.stringify(summary);

/** A scenario's observation; it succeeded unless another outcome is given. */
function scenarioLine(different: object): string {
  const [claim] = claimsOf(
    scenarioFile(`sequences:
  says: Two sockets bind one address.
  runs:
    - { name: rebind, open: [none@wildcard, none@wildcard], expect: [success, EADDRINUSE] }`),
  );
  return JSON.stringify({ ...observations[0], experiment: claim?.experiment, ...different });
}

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

test("Where the time of targets went is read, and must be whole.", async () => {
  const timings = sampleTimings("local");
  const withThem = (given: object): string =>
    `${RUN}\n${JSON.stringify({ ...summary, timings: [given] })}\n`;
  const lines: Line[] = [];
  await readResults(fileOf(withThem(timings)), (line) => void lines.push(line));
  expect(lines[1]).toMatchObject({ timings: [timings] });
  const { start: _, ...phases } = timings.phases;
  expect(await problemOf(fileOf(withThem({ ...timings, phases })))).toEqual([
    "FILE:2: the 'summary' line is wrong at timings/0/phases/start: Invalid input: expected number, received undefined",
  ]);
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
  [
    "another version",
    RUN.replace('"version":1', '"version":2'),
    /^FILE:1: version 2 of the result stream \(.* 1\)$/,
  ],
  ["no version", `{"type":"run"}`, /^FILE:1: version undefined/],
  ["no run line", SUMMARY, /^FILE:1: the stream begins with a 'summary' line/],
  ["prose", "once upon a time\n", /^FILE:1: not a line of a result stream/],
  ["a list", "[]\n", /^FILE:1: not a line/],
  ["prose in the middle", `${RUN}\nonce\n${SUMMARY}\n`, /^FILE:2: not a line of JSON \('once'\)$/],
  ["an unknown type", `${RUN}\n{"type":"x"}\n`, /^FILE:2: unknown type 'x' \(allowed: run, /],
  ["a type of Object", `${RUN}\n{"type":"toString"}\n`, /^FILE:2: unknown type 'toString'/],
  [
    "a missing key",
    `${RUN}\n{"type":"summary"}\n`,
    /^FILE:2: the 'summary' line is wrong at counts: /,
  ],
  [
    "an experiment that has nothing but its id",
    `${RUN}\n${OBSERVATION}`.replace(/"protocol":"tcp",/, ""),
    /^FILE:2: the 'observation' line is wrong at experiment\/protocol: /,
  ],
  [
    "options that are no list",
    `${RUN}\n${OBSERVATION}`.replace(/"options":\[[^\]]*\]/, '"options":"abc"'),
    /^FILE:2: the 'observation' line is wrong at experiment\/first\/options: /,
  ],
  [
    "a time of going on that is not a list",
    RUN.replace('"version":1', '"version":1,"resumedAt":7'),
    /^FILE:1: the 'run' line is wrong at resumedAt: /,
  ],
  [
    "an exploration that may be one",
    RUN.replace('"shard":null', '"shard":null,"explores":"maybe"'),
    /^FILE:1: the 'run' line is wrong at selection\/explores: /,
  ],
  [
    "a broken outcome that does not say how",
    `${RUN}\n${OBSERVATION.replace(/"outcome":\{[^}]*\}/, '"outcome":{"kind":"broken","reason":"binder-died"}')}`,
    /^FILE:2: the 'observation' line is wrong at outcome/,
  ],
  [
    "a shard that is none",
    RUN.replace('"shard":null', '"shard":"9/3"'),
    /^FILE:1: the 'run' line is wrong at selection\/shard: is not I\/N with I from 1 to N/,
  ],
  [
    "an error at a call that there is not",
    `${RUN}\n${OBSERVATION.replace(/"outcome":\{[^}]*\}/, '"outcome":{"kind":"error","step":"constructor","code":"EADDRINUSE","errno":98}')}`,
    /^FILE:2: the 'observation' line is wrong at outcome\/step: /,
  ],
  [
    "an observation before its target",
    `${RUN}\n${OBSERVATION}\n${TARGET}\n`,
    /^FILE:2: 'local' has an observation before its 'target' line$/,
  ],
  [
    "an observation of a target that another run has",
    `${RUN}\n${TARGET}\n${SUMMARY}\n${RUN}\n${OBSERVATION}\n`,
    /^FILE:5: 'local' has an observation before its 'target' line$/,
  ],
  [
    "a verdict without a target",
    `${RUN}\n${TARGET}\n${VERDICT.replace('"target":"local"', '"target":"other"')}\n`,
    /^FILE:3: 'other' has a verdict before its 'target' line$/,
  ],
  [
    "a target twice",
    `${RUN}\n${TARGET}\n${OBSERVATION}\n${TARGET}\n`,
    /^FILE:4: 'local' has a 'target' line already$/,
  ],
  [
    "an observation behind the summary",
    `${RUN}\n${TARGET}\n${SUMMARY}\n${OBSERVATION}\n`,
    /^FILE:4: the 'observation' line is behind the summary of its run$/,
  ],
  [
    "a scenario's outcome without its steps",
    `${RUN}\n${TARGET}\n${scenarioLine({})}\n`,
    /^FILE:3: the observation of 'tcp\/ipv4 scenario rebind' lacks its steps$/,
  ],
  [
    "a value that a scenario read, without its steps",
    `${RUN}\n${TARGET}\n${scenarioLine({ outcome: { kind: "value", value: "1", size: 4 } })}\n`,
    /^FILE:3: the observation of 'tcp\/ipv4 scenario rebind' lacks its steps$/,
  ],
  [
    "a scenario's outcome of no step",
    `${RUN}\n${TARGET}\n${scenarioLine({ steps: [] })}\n`,
    /^FILE:3: the observation of 'tcp\/ipv4 scenario rebind' lacks its steps$/,
  ],
])("%s is refused in one line.", async (_, text, message) => {
  const lines = await problemOf(fileOf(text));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(message);
});

test("A scenario that was not decided needs no steps.", async () => {
  const outcome = { kind: "broken", reason: "binder-died", detail: "exit 1" };
  const lines = await linesOf(`${RUN}\n${TARGET}\n${scenarioLine({ outcome })}\n`);
  expect(lines).toHaveLength(3);
});

test("What the reader of the lines throws is not told as a mistake of the file.", async () => {
  const mistake = new TypeError("ours");
  const take = (): never => {
    throw mistake;
  };
  await expect(readResults(fileOf(`${RUN}\n`), take)).rejects.toBe(mistake);
});

test("A file that is not there and a folder are told apart.", async () => {
  expect(await problemOf("/nowhere/at/all")).toEqual(["FILE: there is no such file"]);
  expect(await problemOf(tmpdir())).toEqual(["FILE: this is a folder (name the file in it)"]);
});

const LINES = recordedLines();

async function linesOf(text: string): Promise<Line[]> {
  const lines: Line[] = [];
  await readResults(fileOf(text), (line) => lines.push(line));
  return lines;
}

test("What a run wrote reads back equal.", async () => {
  const text = (await replay("ndjson", LINES)).join("");
  expect(await linesOf(text)).toEqual(LINES);
});

/** Lines torn, doubled, shuffled and with values of other kinds; hostile keys and values among them. */
const hostileText = fc
  .array(
    fc.tuple(
      fc.constantFrom(...LINES.map((line) => JSON.stringify(line))),
      fc.oneof(
        { weight: 3, arbitrary: fc.constant((line: string) => line) },
        fc.nat(400).map((at) => (line: string) => line.slice(0, at)),
        fc
          .tuple(
            fc.nat(40),
            fc.oneof(
              fc.json({ maxDepth: 2 }),
              fc.constantFrom(
                "1e999",
                '{"__proto__":{"polluted":1}}',
                "[".repeat(40) + "]".repeat(40),
              ),
            ),
          )
          .map(
            ([at, value]) =>
              (line: string) =>
                withValue(line, at, value),
          ),
        fc.string({ unit: "binary", maxLength: 30 }).map((text) => () => text),
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) =>
    [JSON.stringify(LINES[0]), ...parts.map(([line, change]) => change(line))].join("\n"),
  );

/** The line with one of its values replaced. */
function withValue(line: string, at: number, value: string): string {
  const values = [...line.matchAll(/:("(?:[^"\\]|\\.)*"|[\d.]+|null)/g)];
  const found = values[at % values.length];
  if (!found) return line;
  const from = found.index + 1;
  return line.slice(0, from) + value + line.slice(from + found[1]!.length);
}

test("Whatever a file holds, it is refused in one line or its lines can be reported in every way.", async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const lines = await linesOf(text).catch((error: unknown) => {
        if (error instanceof InputError && error.lines.length === 1) return [];
        throw error;
      });
      for (const name of reporterNames) await replay(name, lines);
    }),
    { numRuns: 150 },
  );
  expect({}).not.toHaveProperty("polluted");
});

test("A line without an end is refused before it fills the memory, and so is deep nesting.", async () => {
  const long = `${RUN}\n{"type":"${"x".repeat(17 * 1024 * 1024)}`;
  expect(await problemOf(fileOf(long))).toEqual([
    "FILE:2: a line of more than 16777216 characters",
  ]);
  const deep = `${RUN}\n{"type":"summary","more":${"[".repeat(100_000)}${"]".repeat(100_000)}}\n`;
  expect(await problemOf(fileOf(deep))).toEqual([
    "FILE:2: the 'summary' line is wrong at more than 32 levels of nesting",
  ]);
});
