import { expect, test } from "vitest";
import { sampleTimings } from "../tests/samples/recorded-run.ts";
import type { Line, Timings } from "../harness/results/line.ts";
import { createClosingReporter } from "./closing.ts";
import { recordedLines, replay } from "./golden/replay.ts";

/** The recorded run, in which these times were taken. */
function linesWith(timings: readonly Timings[]): Line[] {
  return recordedLines().map((line) => (line.type === "summary" ? { ...line, timings } : line));
}

const LINES = linesWith([
  sampleTimings("local"),
  { ...sampleTimings("wine", 12_340), work: { ...sampleTimings("wine").work, options: 7 } },
]);

const TABLE = `seconds       local   wine
prepare        0.02  12.34
start          0.15   0.15
controls       0.03   0.03
experiments    1.20   1.20
  pairs        0.40   0.40
  scenarios    1.10   1.10
  options      0.00   0.01
  report       0.04   0.04
  only waits   0.25   0.25
end            0.01   0.01
all            1.41  13.73

Wall time. Indented: side by side during the experiments; 'only waits' is while
all that was under way waited.

`;

test("The terminal shows where the time went before the last line, where that is asked for.", async () => {
  const text = (await replay("pretty", LINES, {}, { timings: true })).join("");
  const [before, last] = text.split(TABLE);
  expect(before).toMatch(/\n\n$/);
  expect(last).toMatch(/^✗ [^\n]+\n$/);
  expect((await replay("pretty", LINES)).join("")).not.toContain("seconds");
});

test("Targets that do not fit one width follow in another table.", async () => {
  const lines = linesWith(
    ["one", "two", "a-long-name", "three"].map((each) => sampleTimings(each)),
  );
  const text = (await replay("pretty", lines, { columns: 28 }, { timings: true })).join("");
  const heads = text.split("\n").filter((line) => line.startsWith("seconds"));
  expect(heads.map((head) => head.split(/ +/))).toEqual([
    ["seconds", "one", "two"],
    ["seconds", "a-long-name"],
    ["seconds", "three"],
  ]);
});

test("A run whose reports all go to files shows it too.", async () => {
  const writes: string[] = [];
  const reporter = createClosingReporter((text) => void writes.push(text), {
    timings: true,
    written: [],
  });
  for (const line of LINES) reporter.line(line);
  await reporter.end();
  const [before, last] = writes.join("").split(TABLE);
  expect(before).toBe("");
  expect(last).toMatch(/^✗ [^\n]+\n$/);
});

test("A stream without it, as an older bindcheck writes it, has no table.", async () => {
  const text = (await replay("pretty", recordedLines(), {}, { timings: true })).join("");
  expect(text).toBe((await replay("pretty", recordedLines())).join(""));
});

test("The page's card of a target has it.", async () => {
  const lines = linesWith([sampleTimings("local")]);
  const page = (await replay("html", lines)).join("");
  const cards = page.match(/<article class="card">.*?<\/article>/gs) ?? [];
  const times = cards.map((card) => card.match(/<dt>prepare<\/dt><dd>[^<]+/g) ?? []);
  expect(times).toEqual([["<dt>prepare</dt><dd>0.02 s"], []]);
  expect(cards[0]).toContain(
    "<dt>experiments</dt><dd>1.20 s (side by side: pairs 0.40, scenarios 1.10, options 0.00, report 0.04, only waits 0.25)</dd>",
  );
});
