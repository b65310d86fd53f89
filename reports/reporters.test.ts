import { expect, test } from "vitest";
import type { VerdictLine } from "../harness/results/line.ts";
import { ALONE, recordedLines, replay } from "./golden/replay.ts";
import { createReporter, defaultFileNames, reporterNames } from "./reporters.ts";

const lines = recordedLines();

test("every reporter takes every line, and a stream with nothing in it", async () => {
  for (const name of reporterNames) {
    expect((await replay(name, lines)).join(""), name).not.toBe("");
    await expect(replay(name, []), name).resolves.toBeInstanceOf(Array);
  }
});

test("an output is closed once, after the last text", async () => {
  for (const name of reporterNames) {
    const calls: string[] = [];
    const output = {
      write: () => calls.push("write"),
      close: () => calls.push("close"),
      colours: false,
      columns: 80,
    };
    const reporter = await createReporter(name, output, ALONE);
    for (const line of lines) reporter.line(line);
    await reporter.end();
    expect(calls.indexOf("close"), name).toBe(calls.length - 1);
  }
});

test("reporters that write files write different ones", () => {
  const files = reporterNames.flatMap((name) => defaultFileNames[name] ?? []);
  expect(new Set(files).size).toBe(files.length);
});

test("ndjson writes a line at a time, and no reader can cut one in two", async () => {
  const writes = await replay("ndjson", lines);
  expect(writes.map((write) => JSON.parse(write))).toEqual(lines);
  for (const write of writes) expect(write).toMatch(/^[^\n\u0085\u2028\u2029]+\n$/u);
});

// Time that grows with the square of the lines would run into the limit; XML takes its time as it is.
test.each([
  ["ndjson", 100_000],
  ["tap", 100_000],
  ["junit", 30_000],
] as const)(
  "%s takes %i verdicts",
  async (name, count) => {
    const text = (await replay(name, manyVerdicts(count))).join("");
    expect(text.match(/none@specific \d+/g)).toHaveLength(count);
  },
  60_000,
);

function* manyVerdicts(count: number): Generator<VerdictLine> {
  const [verdict] = lines.filter((line) => line.type === "verdict");
  for (let i = 0; i < count; i++) {
    yield {
      ...verdict!,
      experiment: `tcp/ipv4 none@wildcard > none@specific ${i}`,
      verdict: "held",
    };
  }
}
