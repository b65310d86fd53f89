import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { Line, RunLine, SummaryLine, VerdictLine } from "../harness/results/line.ts";
import { golden, recordedLines, replay } from "./golden/replay.ts";

const lines = recordedLines();

test("an output that takes colours gets the same text in colours", async () => {
  const text = await shortly(lines, { colours: true });
  expect(text).toContain("\u001b[31m✗ 3 claims contradicted\u001b[39m");
  expect(stripVTControlCharacters(text)).toBe(golden("pretty.txt"));
  expect(await report(lines, { colours: true })).toContain("\u001b[32m✓ 10048\u001b[39m");
});

test("the order in which experiments end changes nothing", async () => {
  const results = lines.filter(({ type }) => type === "observation" || type === "verdict");
  const others = lines.filter((line) => !results.includes(line));
  const summary = others.pop()!;
  const pairs = results.flatMap((line, i) =>
    line.type === "verdict" ? [[results[i - 1]!, line]] : [],
  );
  const shuffled = [...others, ...pairs.toReversed().flat(), summary];
  expect(tables(await report(shuffled))).toBe(tables(await report(lines)));
});

test("rows stand in the order of the case file, whichever ends first", async () => {
  const rows = ["SO_A", "SO_B", "SO_C"].map((option, row): Line => {
    const [, verdict] = grid(["none"]) as [Line, VerdictLine];
    const source = { file: "cases/x.yaml", line: 10 + row, column: 50 - row };
    const experiment = `tcp/ipv4 none@wildcard > ${option}@wildcard`;
    return { ...verdict, experiment, claim: { expect: "success", source } };
  });
  const text = await report(rows.toReversed());
  expect(text.match(/SO_\w/g)).toEqual(["SO_A", "SO_B", "SO_C"]);
});

test("rows stand in the order of the address kinds, mapped ones last", async () => {
  const kinds = ["mapped-specific", "specific2", "mapped-wildcard", "specific", "wildcard"];
  const rows = kinds.map((kind, row): Line => {
    const [, verdict] = grid(["none"]) as [Line, VerdictLine];
    const source = { file: "cases/x.yaml", line: 10 + row, column: 1 };
    const experiment = `tcp/dual none@wildcard > none@${kind}`;
    return { ...verdict, experiment, claim: { expect: "success", source } };
  });
  const text = await report(rows);
  const shown = text
    .match(/^ *(?:mapped-)?(?:wildcard|specific2?)\b/gm)
    ?.map((kind) => kind.trim());
  expect(shown).toEqual([
    "wildcard",
    "specific",
    "specific2",
    "mapped-wildcard",
    "mapped-specific",
  ]);
});

test("lines fit 80 columns, except URLs, commands to copy and the last one", async () => {
  const long = (await report(lines))
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .filter((line) => line.replace(/\p{Emoji_Presentation}/gu, "  ").length > 80);
  expect(long.filter((line) => !/^ *(https:|bindcheck explain )/.test(line))).toEqual([]);
});

test("a table that is too wide is cut between groups of columns", async () => {
  const pair = await report(grid(["none", "SO_REUSEADDR", "SO_REUSEPORT"]), { columns: 70 });
  const heads = pair.split("\n").filter((line) => line.startsWith("first:"));
  expect(heads.map((head) => head.match(/none|SO_\w+/g))).toEqual([
    ["none", "SO_REUSEADDR"],
    ["SO_REUSEPORT"],
  ]);
  expect(pair.match(/✓ EADDRINUSE/g)).toHaveLength(6);
});

test("a terminal that is too narrow for any table gets a list", async () => {
  const list = await report(grid(["none", "SO_REUSEADDR"]), { columns: 20 });
  expect(list).not.toContain("│");
  expect(list).toContain("✓ EADDRINUSE: SO_REUSEADDR@specific > none@wildcard");
});

test("a table that would fall into too many pieces is a list as well", async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `SO_${i}`);
  const list = await report(grid(names));
  expect(list).not.toContain("│");
  expect(list.match(/^✓ EADDRINUSE: SO_\d+@/gm)).toHaveLength(40_000);
});

test("tables that differ in one cell are both drawn", async () => {
  const same = [...part("tcp/ipv4", "held"), ...part("udp/ipv4", "held")];
  expect(await report(same)).toContain("tcp/ipv4, udp/ipv4: same");
  const different = [...part("tcp/ipv4", "held"), ...part("udp/ipv4", "broken")];
  expect((await report(different)).match(/^(tcp|udp)\/ipv4$/gm)).toEqual(["tcp/ipv4", "udp/ipv4"]);
});

test("a part of which nothing was measured is not called the same as one that was", async () => {
  const text = await report([...part("tcp/ipv4", "held"), ...part("tcp/ipv6", "skipped")]);
  expect(text).not.toContain("same");
  expect(text).toContain("– skipped");
});

test("two claims on one cell show the one that needs attention", async () => {
  const [held] = part("tcp/ipv4", "held") as [VerdictLine];
  const contradicted: VerdictLine = { ...held, verdict: "contradicted" };
  for (const both of [
    [held, contradicted],
    [contradicted, held],
  ]) {
    expect(await report(both)).toContain("✗ contradicted");
  }
});

test("one cause that takes many claims is reported with one of them", async () => {
  const lost = grid(["none", "SO_REUSEADDR", "SO_REUSEPORT"]).flatMap((line): Line[] =>
    line.type === "verdict"
      ? [{ ...line, verdict: "broken", reason: "not-measured", detail: "the target was lost" }]
      : [],
  );
  const text = await shortly(lost);
  expect(text).toContain("! 6 claims could not be decided");
  expect(text).toContain("not-measured: the target was lost: 6 on wine");
  expect(text.match(/bindcheck explain/g)).toHaveLength(1);
  expect(text).toContain("tcp/ipv4 and 5 more experiments");
});

test("a run that was cut off says so last", async () => {
  const text = await report(lines.filter(({ type }) => type !== "summary"));
  expect(text.trimEnd().split("\n").at(-1)).toMatch(
    /^✗ 3 of 23 claims contradicted .*; the run was cut off: .*; 21 experiments$/,
  );
});

test("of many causes ten are reported, and where the others are", async () => {
  const many = grid(Array.from({ length: 12 }, (_, at) => `SO_${at}`)).map((line, at): Line => {
    if (line.type !== "verdict") return line;
    return { ...line, verdict: "broken", reason: "not-measured", detail: `cause ${at >> 2}` };
  });
  const written = ["out/report.html", "out/results.ndjson"];
  const text = await shortly(many, {}, { written, results: "out/results.ndjson" });
  expect(text.match(/not-measured: cause \d+: 2 on wine/g)).toHaveLength(10);
  expect(text).toContain("\n4 more in out/report.html\n");
  expect(text).toContain(
    'explain "tcp/ipv4 SO_0@wildcard > none@wildcard" --results "out/results.ndjson"',
  );
  expect(text.trimEnd()).toMatch(/; written: out\/report\.html, results\.ndjson$/);
});

test("documents that were named are drawn, many of them in a line each", async () => {
  const [run, ...others] = lines as [RunLine, ...Line[]];
  const named = { ...run.selection, document: ["socket-7/bound", "so-exclusiveaddruse/table-1"] };
  expect(await shortly([{ ...run, selection: named }, ...others])).toContain("second: none");
  const scattered = others.map((line, at): Line =>
    line.type === "verdict" ? { ...line, document: `document-${at % 12}` } : line,
  );
  const text = await shortly([{ ...run, selection: named }, ...scattered]);
  expect(text).not.toContain("second: none");
  expect(text).toMatch(/^✓ document-\d+: \d held$/m);
});

test("a run of documents of another system says how to measure that one", async () => {
  const [run, ...others] = lines as [RunLine, ...Line[]];
  const documents = run.documents.filter(({ appliesTo }) => appliesTo.platform === "windows");
  const target = others.find((line) => line.type === "target" && line.target === "local")!;
  const summary = others.find((line) => line.type === "summary") as SummaryLine;
  const text = await shortly([
    { ...run, documents },
    target,
    { ...summary, notApplicable: documents.map(({ id }) => id), counts: [] },
  ]);
  expect(text).toContain(
    "the documents speak of windows (add --on wine), and this run measured linux ",
  );
});

/** With every table. */
async function report(
  stream: readonly Line[],
  output: Parameters<typeof replay>[2] = {},
): Promise<string> {
  return shortly(stream, output, { verbose: true });
}

async function shortly(
  stream: readonly Line[],
  output: Parameters<typeof replay>[2] = {},
  context: Parameters<typeof replay>[3] = {},
): Promise<string> {
  return (await replay("pretty", stream, output, context)).at(-1)!;
}

function tables(text: string): string {
  return text.slice(text.indexOf("━━ local"), text.indexOf("✗ 3 claims"));
}

function part(name: string, word: "held" | "broken" | "skipped"): Line[] {
  return grid(["none"])
    .filter((line) => line.type === "verdict")
    .slice(0, 1)
    .map((line) => ({
      ...line,
      verdict: word,
      experiment: `${name} none@wildcard > none@wildcard`,
    }));
}

/** A first endpoint with each of these options, wildcard and specific, and one second endpoint. */
function grid(options: readonly string[]): Line[] {
  const [observation] = lines.filter((line) => line.type === "observation");
  const [verdict] = lines.filter((line) => line.type === "verdict");
  const outcome = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 } as const;
  return options.flatMap((option, at) =>
    ["wildcard", "specific"].flatMap((address, offset): Line[] => {
      const id = `tcp/ipv4 ${option}@${address} > none@wildcard`;
      const source = { file: "cases/x.yaml", line: 1, column: 2 * at + offset };
      return [
        { ...observation!, outcome, experiment: { ...observation!.experiment, id } },
        { ...verdict!, experiment: id, verdict: "held", claim: { expect: "EADDRINUSE", source } },
      ];
    }),
  );
}
