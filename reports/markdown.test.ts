import { expect, test } from "vitest";
import type { Line, VerdictLine } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";
import { code, link, plain } from "./markdown/escape.ts";

const lines = recordedLines();

test.each([
  ["a|b", "a\\|b"],
  ["`code` *bold* _it_", "\\`code\\` \\*bold\\* \\_it\\_"],
  ["<script>&lt;", "&lt;script&gt;&amp;lt;"],
  ["none@wildcard", "none@&#8203;wildcard"],
  ["two\nlines\r\n| of | it", "two lines \\| of \\| it"],
])("as text, %j is %j", (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test.each([
  ["none@wildcard", "`none@wildcard`"],
  ["a|b", "`a\\|b`"],
  ["`", "`` ` ``"],
  ["<b>``</b>", "``` <b>``</b> ```"],
])("as code, %j is %j", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test("a link leads to the web or is none", () => {
  expect(link("a]b", "https://e.example/(x)|y")).toBe("[a\\]b](https://e.example/%28x%29%7Cy)");
  expect(link("a", "javascript:alert(1)")).toBe("a");
});

test("every table has as many cells in each row as in its head", async () => {
  const rows = (await markdown(lines)).split("\n").filter((line) => line.startsWith("|"));
  expect(rows.length).toBeGreaterThan(6);
  let width = 0;
  for (const [i, row] of rows.entries()) {
    const cells = row.split(/(?<!\\)\|/).length;
    if (rows[i + 1]?.includes("| ---")) width = cells;
    expect(cells, row).toBe(width);
  }
});

test("nothing in it is HTML but what we write ourselves", async () => {
  const text = await markdown(lines);
  expect(text.replace(/<br>|<\/?(details|summary)>/g, "").replace(/`[^`]*`/g, "")).not.toMatch(
    /<[a-z/!]/i,
  );
});

test("what GitHub would refuse is cut at a line, with a sentence that says so", async () => {
  const text = await markdown([...many(10_000), ...lines.filter(({ type }) => type === "summary")]);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
  expect(text.trimEnd().split("\n").at(-1)).toMatch(/^This text was cut here/);
  expect(text.trimEnd().split("\n").at(-3)).toMatch(/^\| .* \|$/);
});

test("what is cut off while it is folded is closed before the text says so", async () => {
  const calm = [...many(10_000)].map((line): Line => ({ ...line, verdict: "known-deviation" }));
  const text = await markdown([...calm, ...lines.filter(({ type }) => type === "summary")]);
  const titles = [...text.matchAll(/<summary>(.*)<\/summary>/g)].map(([, title]) => title);
  expect(titles.slice(-2)).toEqual([
    "Documents not applicable to any target here",
    "Known deviations",
  ]);
  expect(text.match(/<\/details>/g)).toHaveLength(titles.length);
  expect(text.trimEnd().split("\n").slice(-3)).toEqual([
    "</details>",
    "",
    expect.stringMatching(/^This text was cut here/),
  ]);
});

test("of a good run less than 4 KB are open, whatever is known or skipped", async () => {
  const known = [...many(300)].map((line): Line => ({ ...line, verdict: "known-deviation" }));
  const text = await markdown([
    ...lines.filter(({ type }) => type === "run" || type === "target"),
    ...known,
    ...lines.filter(({ type }) => type === "summary"),
  ]);
  const open = text.replace(/<details>[^]*?<\/details>/g, "");
  expect(Buffer.byteLength(text)).toBeGreaterThan(20_000);
  expect(Buffer.byteLength(open)).toBeLessThan(4096);
});

test("a run that was cut off says so in its first lines", async () => {
  const [, , caution, problem] = (await markdown(lines.slice(0, 4))).split("\n");
  expect([caution, problem]).toEqual(["> [!CAUTION]", expect.stringContaining("cut off")]);
});

function* many(count: number): Generator<VerdictLine> {
  const verdict = lines.find((line) => line.type === "verdict")!;
  for (let i = 0; i < count; i++)
    yield { ...verdict, experiment: `tcp/ipv4 none@wildcard > none@specific ${i} 🎉` };
}

async function markdown(stream: readonly Line[]): Promise<string> {
  return (await replay("markdown", stream)).join("");
}
