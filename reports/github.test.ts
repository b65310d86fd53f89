import { afterEach, expect, test, vi } from "vitest";
import type { Line, VerdictLine } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";

const lines = recordedLines();
const verdict = lines.find(
  (line): line is VerdictLine => line.type === "verdict" && line.verdict === "contradicted",
)!;

afterEach(() => vi.unstubAllEnvs());

test("an annotation points at the cell of the case file, by its path in the repository", async () => {
  vi.stubEnv("GITHUB_WORKSPACE", "/builds/repository");
  const file = "/builds/repository/cases/windows/one.yaml";
  const [command] = await commands([at({ file, line: 24, column: 82 })]);
  expect(command).toMatch(/^::error file=cases\/windows\/one.yaml,line=24,col=82,title=/);
});

test("a file outside of the repository keeps its path", async () => {
  vi.stubEnv("GITHUB_WORKSPACE", "/builds/repository");
  const [command] = await commands([at({ file: "/elsewhere/one.yaml", line: 1, column: 1 })]);
  expect(command).toContain("file=/elsewhere/one.yaml,");
});

test("no text can end the command, its properties or its line", async () => {
  const file = "cases/a:b,c%0A::error ::.yaml";
  const hostile = {
    ...at({ file, line: 1, column: 1 }),
    target: "ssh:x,line=9::\r\n::warning::50%",
  };
  const [command, ...rest] = await commands([hostile]);
  expect(rest).toEqual([]);
  const [, properties = "", message = ""] = /^::error (.*?)::(.*)$/.exec(command ?? "") ?? [];
  expect(properties.split(",").map((property) => property.split("=", 1)[0])).toEqual([
    "file",
    "line",
    "col",
    "title",
  ]);
  expect(decoded(properties.split(",")[0]!)).toBe(`file=${file}`);
  expect(decoded(message)).toContain("ssh:x,line=9:: ::warning::50%: expected 10048");
});

test("claims of one cell are one annotation", async () => {
  const tcp = { ...verdict, experiment: "tcp/ipv4 none@wildcard > none@wildcard" };
  const udp = { ...verdict, experiment: "udp/ipv4 none@wildcard > none@wildcard" };
  const [command, ...rest] = await commands([tcp, udp]);
  expect(rest).toEqual([]);
  expect(command).toContain("none@wildcard > none@wildcard (tcp/ipv4, udp/ipv4)");
});

test("GitHub shows ten annotations of a step", async () => {
  expect(await commands(lineByLine(10))).toHaveLength(10);
  expect(await commands(lineByLine(11))).toHaveLength(10);
});

test("the last of ten annotations names the rest, without end", async () => {
  const last = (await commands(lineByLine(1000))).at(-1);
  expect(last).toContain("991 more");
  expect(last).toContain("one.yaml:10:1");
  expect(last).toContain("and 941 more");
});

test("a run that was cut off says so; one in which all held says nothing", async () => {
  expect(await commands(lines.slice(0, 1), [])).toEqual([
    expect.stringMatching(/^::error title=bindcheck::The run was cut off/),
  ]);
  expect(await commands([{ ...verdict, verdict: "held" }])).toEqual([]);
});

function at(source: VerdictLine["claim"]["source"]): VerdictLine {
  return { ...verdict, claim: { ...verdict.claim, source } };
}

function lineByLine(count: number): VerdictLine[] {
  return Array.from({ length: count }, (_, index) =>
    at({ file: "one.yaml", line: index + 1, column: 1 }),
  );
}

async function commands(
  stream: readonly Line[],
  end: readonly Line[] = lines.filter(({ type }) => type === "summary"),
): Promise<string[]> {
  const text = (await replay("github", [...stream, ...end])).join("");
  return text.split("\n").filter(Boolean);
}

function decoded(text: string): string {
  return decodeURIComponent(text.replace(/%(?!25|0A|0D|3A|2C)/g, "%25"));
}
