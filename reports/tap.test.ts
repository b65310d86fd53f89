import { Parser, type Result } from "tap-parser";
import { expect, test } from "vitest";
import type { Line } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";

const lines = recordedLines();

test("tap-parser in strict mode reads the recorded stream without a complaint", async () => {
  const { results, points } = await parsed(lines);
  expect(results.failures.filter((failure) => failure.tapError)).toEqual([]);
  expect(results).toMatchObject({ count: 24, pass: 17, fail: 7, skip: 1, todo: 0, ok: false });
  expect(results.plan).toMatchObject({ start: 1, end: 24 });
  expect(points.filter(({ buffered }) => buffered)).toEqual([]);
});

test("a point of a contradicted claim says all there is to say", async () => {
  const { points } = await parsed(lines);
  expect(points[0]).toMatchObject({
    ok: false,
    name: "wine so-exclusiveaddruse/table-1 tcp/ipv6 SO_REUSEADDR@wildcard > SO_EXCLUSIVEADDRUSE@wildcard",
    diag: {
      verdict: "contradicted",
      expected: "10048",
      observed: "success",
      citation: [
        "SO_EXCLUSIVEADDRUSE socket option (Winsock2.h), Bind behavior with various options set (Table 1)",
        "https://learn.microsoft.com/windows/win32/winsock/so-exclusiveaddruse",
      ],
      at: "cases/windows/so-exclusiveaddruse.yaml:24:82",
    },
  });
});

test("a skip keeps its reason and what mends it, special characters included", async () => {
  const { points } = await parsed(lines);
  expect(points.find(({ skip }) => skip)?.skip).toBe(
    "needs-second-ipv6-address: add one with `ip -6 address add fd00::2/128 dev lo` # or C:\\> netsh (",
  );
});

test("every verdict is written at once, in one piece", async () => {
  const writes = await replay("tap", lines);
  expect(writes).toHaveLength(1 + 24 + 1);
});

test("a run that was cut off fails, even when all that it reached held", async () => {
  const held = lines.filter((line) => line.type === "run" || isVerdict(line, "held"));
  const { results, points } = await parsed(held);
  expect(results).toMatchObject({ ok: false, fail: 1 });
  expect(points.at(-1)).toMatchObject({ ok: false, name: expect.stringContaining("cut off") });
});

test("a run that was killed has no plan", async () => {
  const writes = await replay("tap", lines);
  const { results } = await parsedText(writes.slice(0, -1).join(""));
  expect(results.failures).toContainEqual({ tapError: "no plan" });
});

test.each([
  ["no verdict at all", () => false],
  ["skips only", (line: Line) => isVerdict(line, "skipped")],
] as const)("a whole run with %s does not pass", async (_what, keep) => {
  const kept = lines.filter((line) => line.type === "run" || line.type === "summary" || keep(line));
  const { results, points } = await parsed(kept);
  expect(results.ok).toBe(false);
  expect(points.at(-1)?.name).toContain("Nothing was judged");
});

test("a whole run in which something held passes", async () => {
  const { results } = await parsed(
    lines.filter((line) => line.type === "summary" || isVerdict(line, "held")),
  );
  expect(results).toMatchObject({ ok: true, fail: 0, count: 16 });
});

function isVerdict(line: Line, word: string): boolean {
  return line.type === "verdict" && line.verdict === word;
}

async function parsed(stream: readonly Line[]) {
  return parsedText((await replay("tap", stream)).join(""));
}

async function parsedText(text: string) {
  const points: Result[] = [];
  const parser = new Parser({ strict: true });
  parser.on("assert", (point: Result) => points.push(point));
  const done = new Promise<NonNullable<Parser["results"]>>((resolve) =>
    parser.on("complete", resolve),
  );
  parser.end(text);
  return { results: await done, points };
}
