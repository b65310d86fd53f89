import { spawnSync } from "node:child_process";
import { XMLParser } from "fast-xml-parser";
import { parse as junit2json, type TestSuites } from "junit2json";
import { describe, expect, test } from "vitest";
import type { Line, VerdictLine } from "../../harness/results/line.ts";
import { recordedLines, replay } from "../golden/replay.ts";

const lines = recordedLines();
const hasXmllint = spawnSync("xmllint", ["--version"]).error === undefined;

const streams: [what: string, stream: Line[]][] = [
  ["the recorded stream", lines],
  ["a run that was cut off at once", []],
  ["10,000 claims whose names hold what XML cannot", manyNasty(10_000)],
];

describe.each(streams)("for %s", (_what, stream) => {
  test("elements and attributes are those that Jenkins's schema knows", async () => {
    const wrong = new Set<string>();
    for (const node of nodesOf(await junit(stream))) checkNode(node, "", wrong);
    expect([...wrong]).toEqual([]);
  });

  test("three parsers and our stream count the same", async () => {
    const xml = await junit(stream);
    const theirs = countJunit2json((await junit2json(xml)) as TestSuites);
    expect(countFastXml(xml)).toEqual(theirs);
    expect(theirs.cases).toBe(theirs.tests);
    expect(hasXmllint ? countXmllint(xml) : theirs).toEqual(theirs);
    const verdicts = stream.filter(({ type }) => type === "verdict").length;
    expect(theirs.cases).toBeGreaterThanOrEqual(verdicts);
    expect(theirs.cases - verdicts).toBeLessThanOrEqual(2);
  });

  test("names are unique by themselves, as some readers show nothing else", async () => {
    const { testsuite = [] } = (await junit2json(await junit(stream))) as TestSuites;
    const names = testsuite.flatMap((suite) => (suite.testcase ?? []).map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });

  test.skipIf(!hasXmllint)("libxml2 reads it (needs xmllint)", async () => {
    const { status, stderr } = spawnSync("xmllint", ["--noout", "-"], {
      input: await junit(stream),
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

test("names come back from both parsers as they went in, as far as XML carries them", async () => {
  const xml = await junit(manyNasty(1));
  const [suite] = ((await junit2json(xml)) as TestSuites).testsuite ?? [];
  const [testcase] = suite?.testcase ?? [];
  expect(testcase?.name).toBe(
    "wine so-exclusiveaddruse/table-1 tcp/ipv4 none@a > none@b <&amp;\"'> ]]> \ufffd\ufffd 🎉 0",
  );
  expect(xml.match(/<testcase name="([^"]*)"/)?.[1]).not.toMatch(/[<>]/);
});

function* nasty(count: number): Generator<VerdictLine> {
  const verdict = lines.find((line) => line.type === "verdict");
  for (let i = 0; i < count; i++)
    yield {
      ...verdict!,
      experiment: `tcp/ipv4 none@a > none@b <&amp;"'> ]]>\n\u0000\ud800 🎉 ${i}`,
      verdict: i % 3 === 0 ? "held" : i % 3 === 1 ? "contradicted" : "broken",
      detail: "\u001b[31m]]></failure>&#0;",
    };
}

function manyNasty(count: number): Line[] {
  return [...nasty(count)];
}

async function junit(stream: readonly Line[]): Promise<string> {
  return (await replay("junit", stream)).join("");
}

interface Counts {
  readonly tests: number;
  readonly cases: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countJunit2json({ tests, testsuite }: TestSuites): Counts {
  const cases = (testsuite ?? []).flatMap((suite) => suite.testcase ?? []);
  return {
    tests: tests ?? NaN,
    cases: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    errors: cases.filter(({ error }) => error !== undefined).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  };
}

function countXmllint(xml: string): Counts {
  const of = (path: string): string => `count(//testcase${path})`;
  const counts = ["", "[failure]", "[error]", "[skipped]"].map(of);
  const query = `concat(/testsuites/@tests, ' ', ${counts.join(", ' ', ")})`;
  const { stdout } = spawnSync("xmllint", ["--xpath", query, "-"], {
    input: xml,
    encoding: "utf8",
  });
  const [tests = NaN, cases = NaN, failures = NaN, errors = NaN, skipped = NaN] = stdout
    .trim()
    .split(" ")
    .map(Number);
  return { tests, cases, failures, errors, skipped };
}

function countFastXml(xml: string): Counts {
  const nodes = nodesOf(xml);
  const all = nodes.flatMap(withDescendants);
  const count = (name: string): number => all.filter((node) => node.name === name).length;
  return {
    tests: Number(nodes.find(({ name }) => name === "testsuites")?.attributes["tests"]),
    cases: count("testcase"),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
  };
}

/**
 * What the schema of Jenkins's xUnit plugin (junit-10.xsd) lets an element hold, of those that we write: required
 * attributes, other attributes, child elements.
 */
const SCHEMA: Readonly<Record<string, readonly [string[], string[], string[]]>> = {
  testsuites: [[], ["name", "time", "tests", "failures", "errors"], ["testsuite"]],
  testsuite: [
    ["name", "tests", "failures", "errors"],
    ["group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"],
    ["testsuite", "properties", "testcase", "system-out", "system-err"],
  ],
  properties: [[], [], ["property"]],
  property: [["name", "value"], [], []],
  testcase: [
    ["name"],
    // Not in the schema: GitLab and annotating actions read these, and Jenkins's own reader passes over them.
    ["file", "line", "time", "classname", "group"],
    ["skipped", "error", "failure", "system-out", "system-err"],
  ],
  failure: [[], ["type", "message"], []],
  error: [[], ["type", "message"], []],
  skipped: [[], ["type", "message"], []],
};

const TIME = /^\d+\.\d+$/;

function checkNode(node: Node, path: string, wrong: Set<string>): void {
  const here = `${path}/${node.name}`;
  const rule = SCHEMA[node.name];
  if (rule === undefined) {
    wrong.add(`${here} is unknown`);
    return;
  }
  const [required, optional, children] = rule;
  for (const name of required)
    if (node.attributes[name] === undefined) wrong.add(`${here} lacks ${name}`);
  for (const [name, value] of Object.entries(node.attributes)) {
    if (![...required, ...optional].includes(name)) wrong.add(`${here} has ${name}`);
    if (name === "time" && !TIME.test(value)) wrong.add(`${here} has time ${value}`);
  }
  for (const child of node.children) {
    if (!children.includes(child.name)) wrong.add(`${here} holds ${child.name}`);
    checkNode(child, here, wrong);
  }
}

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}

function withDescendants(node: Node): Node[] {
  return [node, ...node.children.flatMap(withDescendants)];
}

function nodesOf(xml: string): Node[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    ignoreDeclaration: true,
    parseAttributeValue: false,
  });
  return elements(parser.parse(xml) as RawNode[]);
}

type RawNode = Readonly<Record<string, RawNode[] | Readonly<Record<string, string>>>>;

function elements(raw: readonly RawNode[]): Node[] {
  return raw.flatMap((one) => {
    const name = Object.keys(one).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    return [
      {
        name,
        attributes: (one[":@"] ?? {}) as Readonly<Record<string, string>>,
        children: elements(one[name] as RawNode[]),
      },
    ];
  });
}
