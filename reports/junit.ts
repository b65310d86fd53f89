import type { ObservationLine, TargetProblemLine, VerdictLine } from "../harness/results/line.ts";
import { junitResult } from "./junit/result.ts";
import type { JunitCase, JunitReport, JunitSuite } from "./junit/report.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts, type RunFacts } from "./run-facts.ts";
import { claimText } from "./sentences.ts";
import { suiteProperties } from "./junit/properties.ts";

/**
 * JUnit XML, a testsuite per target, document, protocol and family. Its counts come before its cases, so the
 * file is written when the run has ended; until then a case is kept as a few strings.
 */
export function createJunitReporter(output: Output): Reporter {
  const facts = createRunFacts();
  const suites = new Map<string, OpenSuite>();
  // The XML library takes long to load: it does so while the first experiments run.
  const writing = import("./junit/write.ts");

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") addVerdict(suites, line, facts);
      else if (line.type === "target-problem") addTargetProblem(suites, line);
    },
    async end() {
      const problem = facts.closingProblem();
      if (problem !== null)
        openSuite(suites, { name: "bindcheck", classname: "bindcheck" }).cases.push(
          runProblem(problem),
        );
      const { writeJunit } = await writing;
      writeJunit(report(suites, facts), output);
    },
  };
}

/** A suite whose run has not ended: properties come from the target's line when it has. */
interface OpenSuite {
  readonly name: string;
  readonly classname: string;
  readonly file?: string;
  readonly target?: string;
  readonly document?: string;
  readonly cases: JunitCase[];
  /** How many of them are known deviations that came with bindcheck. */
  shipped: number;
}

function openSuite(
  suites: Map<string, OpenSuite>,
  suite: Omit<OpenSuite, "cases" | "shipped">,
): OpenSuite {
  const found = suites.get(suite.name);
  if (found !== undefined) return found;
  const opened = { ...suite, cases: [], shipped: 0 };
  suites.set(suite.name, opened);
  return opened;
}

function addVerdict(suites: Map<string, OpenSuite>, verdict: VerdictLine, facts: RunFacts): void {
  const { target, document, experiment, claim } = verdict;
  const part = experiment.split(" ", 1)[0];
  const name = `${target} ${document} ${part}`;
  const classname = `${target}.${document}.${part}`;
  const { file } = claim.source;
  const suite = openSuite(suites, { name, classname, file, target, document });
  if (verdict.shipped) suite.shipped += 1;
  suite.cases.push({
    name: `${target} ${document} ${claimText(verdict)}`,
    seconds: secondsOf(facts.observation(verdict)),
    ...junitResult(verdict, facts),
  });
}

function secondsOf(observation: ObservationLine | undefined): number | null {
  const milliseconds = observation?.durationMs ?? null;
  return milliseconds && milliseconds / 1000;
}

function addTargetProblem(suites: Map<string, OpenSuite>, line: TargetProblemLine): void {
  const { target, problem } = line;
  openSuite(suites, { name: target, classname: target, target }).cases.push({
    name: `${target} could not be measured`,
    seconds: null,
    result: { kind: "error", type: "target-problem", message: problem, text: problem },
  });
}

function runProblem(problem: string): JunitCase {
  return {
    name: "the whole run",
    seconds: null,
    result: { kind: "error", type: "run-problem", message: problem, text: problem },
  };
}

function shippedProperty({ shipped }: OpenSuite): JunitSuite["properties"] {
  return shipped === 0 ? [] : [["known-deviations.shipped-with-bindcheck", String(shipped)]];
}

function report(
  suites: Map<string, OpenSuite>,
  { run, summary, targets, document }: RunFacts,
): JunitReport {
  // Only the first suite of a target and of a document describes it: descriptions would be most of the file otherwise.
  const described = new Set<string>();
  const isFirst = (key: string): boolean => !described.has(key) && Boolean(described.add(key));
  const closed = [...suites.values()].map((suite): JunitSuite => {
    const { name, classname, file, cases, target = "", document: id = "" } = suite;
    return {
      name,
      classname,
      ...(file === undefined ? {} : { file }),
      cases,
      properties: [
        ...suiteProperties(
          isFirst(`target ${target}`) ? targets.get(target) : undefined,
          isFirst(`document ${target} ${id}`) ? document(id) : undefined,
        ),
        ...shippedProperty(suite),
      ],
    };
  });
  return {
    startedAt: run?.startedAt ?? null,
    seconds: (summary?.wallMs ?? 0) / 1000,
    suites: closed,
  };
}
