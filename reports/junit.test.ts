import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { Line } from "../harness/results/line.ts";
import { recordedLines, replay } from "./golden/replay.ts";

const lines = recordedLines();
const hasXmllint = spawnSync("xmllint", ["--version"]).error === undefined;

const streams: [what: string, stream: Line[]][] = [
  ["the recorded stream", lines],
  ["a run that was cut off", lines.filter(({ type }) => type !== "summary")],
  ["a run that was cut off at once", []],
  ["a run with nothing in it", lines.filter(({ type }) => type === "run" || type === "summary")],
  [
    "a lost target only",
    lines.filter(({ type }) => type === "target-problem" || type === "summary"),
  ],
];

describe.each(streams)("for %s", (_what, stream) => {
  test("the counts are those that tap-junit makes of our TAP", async () => {
    expect(totals(await junit(stream))).toEqual(totals(await tapJunit(stream)));
  });

  test("the counts are those of the cases in the file", async () => {
    const report = parse(await junit(stream));
    const cases = suites(report).flatMap((suite) => suite.testcase ?? []);
    expect(report.testsuites).toMatchObject({
      tests: cases.length,
      failures: cases.filter(({ failure }) => failure !== undefined).length,
      errors: cases.filter(({ error }) => error !== undefined).length,
    });
    for (const suite of suites(report))
      expect(suite.skipped, suite.name).toBe(
        suite.testcase?.filter(({ skipped }) => skipped !== undefined).length,
      );
  });

  test("the XML is well-formed", async () => {
    expect(XMLValidator.validate(await junit(stream))).toBe(true);
  });

  test.skipIf(!hasXmllint)("libxml2 reads both files (needs xmllint)", async () => {
    for (const xml of [await junit(stream), await tapJunit(stream)]) {
      const { status, stderr } = spawnSync("xmllint", ["--noout", "-"], {
        input: xml,
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    }
  });
});

test("a case of a batch has no time: only the whole batch took one", async () => {
  const batched = lines.map((line) =>
    line.type === "observation" ? { ...line, durationMs: null } : line,
  );
  const xml = await junit(batched);
  expect(xml.match(/<testcase [^>]* time=/g)).toBeNull();
  expect(xml.match(/<testsuite [^>]* time=/g)).toBeNull();
  expect((await junit(lines)).match(/<testcase [^>]* time=/g)).not.toBeNull();
});

test("a stream with nothing good in it does not pass", async () => {
  for (const [what, stream] of streams) {
    const { failures } = totals(await junit(stream));
    expect(failures, what).toBeGreaterThan(0);
  }
});

test("texts come back as they were, as far as XML can carry them", async () => {
  const babbled = suites(parse(await junit(lines)))
    .flatMap((suite) => suite.testcase ?? [])
    .find(({ error }) => error?.type === "binder-babbled");
  expect(babbled?.error?.["#text"]).toContain(
    'it said "<script>&amp;\ufffd[31m\ufffd" then\na line \ufffd with 🎉, a half 🎉: \ufffd and # \\ {',
  );
});

test("names are unique by themselves, and tell target, document and experiment", async () => {
  const names = suites(parse(await junit(lines)))
    .flatMap((suite) => suite.testcase ?? [])
    .map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain(
    "wine so-exclusiveaddruse/table-1 tcp/ipv6 SO_REUSEADDR@wildcard > SO_EXCLUSIVEADDRUSE@wildcard",
  );
});

test("what did not pass has its line in the case file", async () => {
  const cases = suites(parse(await junit(lines))).flatMap((suite) => suite.testcase ?? []);
  const claims = cases.filter(({ name }) => name.includes("@"));
  const failed = claims.filter(({ failure, error }) => (failure ?? error) !== undefined);
  expect(failed.length).toBeGreaterThan(3);
  for (const { file, line } of failed)
    expect([file, line]).toEqual([expect.stringMatching(/^cases\/.*\.yaml$/), expect.any(Number)]);
});

test("a known deviation passes and says what it is", async () => {
  const known = lines.map((line): Line =>
    line.type === "verdict" && line.verdict === "contradicted"
      ? { ...line, verdict: "known-deviation", detail: "Wine is not Windows" }
      : line,
  );
  const outputs = suites(parse(await junit(known)))
    .flatMap((suite) => suite.testcase ?? [])
    .map((one) => one["system-out"]);
  expect(outputs).toContain(
    "known deviation: expected 10048, observed success; Wine is not Windows",
  );
});

test("what a target is stands in its first suite alone", async () => {
  const platforms = suites(parse(await junit(lines))).flatMap((suite) =>
    (suite.properties?.property ?? []).filter(({ name }) => name === "platform"),
  );
  expect(platforms.map(({ value }) => String(value)).toSorted()).toEqual(["linux", "wine"]);
});

test("a suite says what precisely was measured", async () => {
  const suite = suites(parse(await junit(lines))).find(
    ({ name }) => name === "wine so-exclusiveaddruse/table-1 tcp/ipv6",
  );
  const properties = Object.fromEntries(
    suite?.properties?.property.map(({ name, value }) => [name, value]) ?? [],
  );
  expect(properties).toMatchObject({
    platform: "wine",
    "platform.implements": "windows",
    "os.build": 19043,
    "runtime.node": "v22.20.0",
    "address.ipv6.specific2": "none",
  });
  expect(suite).toMatchObject({ timestamp: "2026-11-22T10:20:30", tests: 7, failures: 1 });
});

interface Case {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly "system-out"?: string;
  readonly failure?: { readonly type: string };
  readonly error?: { readonly type: string; readonly "#text": string };
  readonly skipped?: unknown;
}

interface Suite {
  readonly name: string;
  readonly timestamp?: string;
  readonly skipped?: number;
  readonly properties?: {
    readonly property: readonly { readonly name: string; readonly value: unknown }[];
  };
  readonly testcase?: readonly Case[];
}

interface Report {
  readonly testsuites: {
    readonly tests: number;
    readonly failures: number;
    readonly errors?: number;
    readonly testsuite: readonly Suite[];
  };
}

async function junit(stream: readonly Line[]): Promise<string> {
  return (await replay("junit", stream)).join("");
}

async function tapJunit(stream: readonly Line[]): Promise<string> {
  const input = (await replay("tap", stream)).join("");
  const { stdout, stderr } = spawnSync(process.execPath, [TAP_JUNIT], { input, encoding: "utf8" });
  expect(stderr).toBe("");
  return stdout;
}

const TAP_JUNIT = join(
  dirname(createRequire(import.meta.url).resolve("tap-junit/package.json")),
  "bin/tap-junit",
);

function parse(xml: string): Report {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseAttributeValue: true,
    isArray: (name) => ["testsuite", "testcase", "property"].includes(name),
  });
  return parser.parse(xml) as Report;
}

function suites({ testsuites }: Report): readonly Suite[] {
  return testsuites.testsuite;
}

/** tap-junit has no errors, and counts the skips of its one suite only. */
function totals(xml: string): { tests: number; failures: number; skipped: number } {
  const { testsuites } = parse(xml);
  const skips = suites({ testsuites })
    .flatMap((suite) => suite.testcase ?? [])
    .filter((one) => one.skipped !== undefined);
  return {
    tests: testsuites.tests,
    failures: testsuites.failures + (testsuites.errors ?? 0),
    skipped: skips.length,
  };
}
