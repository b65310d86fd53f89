import { createCB } from "xmlbuilder2";
import { legible, oneLine } from "../legible.ts";
import type { Output } from "../reporter.ts";
import type { JunitCase, JunitReport, JunitResult, JunitSuite } from "./report.ts";

/** Writes the report as XML, piece by piece, so that no document tree is ever held. */
export function writeJunit(report: JunitReport, output: Output): void {
  const buffer = createBuffer(output);
  const xml = createCB({ data: buffer.add, prettyPrint: true });
  xml.dec({ encoding: "UTF-8" });
  xml.ele("testsuites", attributes({ name: "bindcheck", ...reportCounts(report) }));
  for (const suite of report.suites) writeSuite(xml, suite, report.startedAt);
  xml.up().end();
  buffer.flush("\n");
}

type Xml = ReturnType<typeof createCB>;

function writeSuite(xml: Xml, suite: JunitSuite, startedAt: string | null): void {
  const time = suite.cases.reduce((sum, { seconds }) => sum + seconds, 0);
  xml.ele(
    "testsuite",
    attributes({
      name: suite.name,
      ...counts(suite.cases),
      time: time.toFixed(3),
      ...(startedAt === null ? {} : { timestamp: junitTime(startedAt) }),
    }),
  );
  if (suite.properties.length > 0) {
    xml.ele("properties");
    for (const [name, value] of suite.properties) {
      xml.ele("property", attributes({ name, value })).up();
    }
    xml.up();
  }
  for (const testcase of suite.cases) writeCase(xml, suite.classname, testcase);
  xml.up();
}

function writeCase(xml: Xml, classname: string, testcase: JunitCase): void {
  const { name, seconds, source, result } = testcase;
  const place = source === undefined ? {} : { file: source.file, line: String(source.line) };
  xml.ele("testcase", attributes({ name, classname, time: seconds.toFixed(3), ...place }));
  if (result !== undefined) writeResult(xml, result);
  xml.up();
}

function writeResult(xml: Xml, result: JunitResult): void {
  const { kind, message } = result;
  if (kind === "skipped") xml.ele(kind, attributes({ message }));
  else
    xml.ele(kind, attributes({ message, type: result.type })).txt(entitySafe(legible(result.text)));
  xml.up();
}

// Readers disagree about time zones here, so none is given; the time is UTC.
function junitTime(startedAt: string): string {
  return new Date(startedAt).toISOString().slice(0, 19);
}

function reportCounts({ suites, seconds }: JunitReport): Record<string, string> {
  return { ...counts(suites.flatMap(({ cases }) => cases)), time: seconds.toFixed(3) };
}

function counts(cases: readonly JunitCase[]): Record<string, string> {
  const of = (kind: JunitResult["kind"]): string =>
    String(cases.filter(({ result }) => result?.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: of("failure"),
    errors: of("error"),
    skipped: of("skipped"),
  };
}

function attributes(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, entitySafe(oneLine(value))]),
  );
}

// xmlbuilder2 leaves what looks like an entity as it is, so that a text `&lt;` would be read back as `<`.
function entitySafe(text: string): string {
  return text.replaceAll("&", "&amp;");
}

function createBuffer(output: Output): { add(text: string): void; flush(text: string): void } {
  let pieces: string[] = [];
  const flush = (text: string): void => {
    output.write(pieces.join("") + text);
    pieces = [];
  };
  return {
    flush,
    add(text) {
      pieces.push(text);
      if (pieces.length >= PIECES) flush("");
    },
  };
}

const PIECES = 4096;
