import XMLBuilder from "fast-xml-builder";
import { legible, oneLine } from "../legible.ts";
import type { Output } from "../reporter.ts";
import type { JunitCase, JunitReport, JunitResult, JunitSuite } from "./report.ts";

/** Writes the report as XML, suite by suite, so that the text of the whole is never held. */
export function writeJunit(report: JunitReport, output: Output): void {
  const declaration = { "?xml": attributes({ version: "1.0", encoding: "UTF-8" }) };
  const around = { ...attributes({ name: "bindcheck", ...reportCounts(report) }), "#text": MARK };
  const [open = "", close = ""] = xml.build({ ...declaration, testsuites: around }).split(MARK);
  output.write(`${open}\n`);
  for (const suite of report.suites)
    output.write(xml.build({ testsuite: suiteElement(suite, report.startedAt) }));
  output.write(close);
}

// Where the suites go; no text of a report can contain it.
const MARK = "\u0000";

const xml = new XMLBuilder({
  attributeNamePrefix: "@",
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

function suiteElement(suite: JunitSuite, startedAt: string | null): object {
  const times = suite.cases.flatMap(({ seconds }) => seconds ?? []);
  const time = times.length === 0 ? null : times.reduce((sum, each) => sum + each, 0);
  const properties = suite.properties.map(([name, value]) => attributes({ name, value }));
  return {
    ...attributes({
      name: suite.name,
      ...(suite.file === undefined ? {} : { file: suite.file }),
      ...counts(suite.cases),
      ...timeOf(time),
      ...(startedAt === null ? {} : { timestamp: junitTime(startedAt) }),
    }),
    ...(properties.length === 0 ? {} : { properties: { property: properties } }),
    testcase: suite.cases.map((testcase) => caseElement(suite.classname, testcase)),
  };
}

function caseElement(classname: string, testcase: JunitCase): object {
  const { name, seconds, source, result, output } = testcase;
  const position = source === undefined ? {} : { file: source.file, line: String(source.line) };
  return {
    ...attributes({ name, classname, ...timeOf(seconds), ...position }),
    ...(result === undefined ? {} : { [result.kind]: resultElement(result) }),
    ...(output === undefined ? {} : { "system-out": { "#text": legible(output) } }),
  };
}

function timeOf(seconds: number | null): { time?: string } {
  return seconds === null ? {} : { time: seconds.toFixed(3) };
}

function resultElement(result: JunitResult): object {
  const { kind, message } = result;
  if (kind === "skipped") return attributes({ message });
  return { ...attributes({ message, type: result.type }), "#text": legible(result.text) };
}

// Readers disagree about time zones here, so none is given; the time is UTC.
function junitTime(startedAt: string): string {
  return new Date(startedAt).toISOString().slice(0, 19);
}

function reportCounts({ suites, seconds }: JunitReport): Record<string, string> {
  // Jenkins's schema counts skipped cases in suites only.
  const { skipped: _, ...counted } = counts(suites.flatMap(({ cases }) => cases));
  return { ...counted, time: seconds.toFixed(3) };
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
    Object.entries(values).map(([name, value]) => [`@${name}`, oneLine(value)]),
  );
}
