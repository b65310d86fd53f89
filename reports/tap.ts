import type { TargetProblemLine, VerdictLine } from "../harness/results/line.ts";
import type { VerdictWord } from "../harness/model/verdict.ts";
import { legible, oneLine } from "./legible.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts, type RunFacts } from "./run-facts.ts";
import {
  citationLines,
  claimText,
  evidenceTexts,
  expectedText,
  observedText,
  sourceText,
  reasonText,
} from "./sentences.ts";

/**
 * TAP version 14, a test point per verdict. Whatever makes a run bad is a point too, because consumers such as
 * tap-junit overlook `Bail out!` and a plan that is too short.
 */
export function createTapReporter(output: Output): Reporter {
  const facts = createRunFacts();
  let points = 0;
  const write = (point: Point): void => output.write(pointText(++points, point));

  output.write("TAP version 14\n");
  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") write(verdictPoint(line, facts));
      else if (line.type === "target-problem") write(targetProblemPoint(line));
    },
    end() {
      const problem = facts.closingProblem();
      if (problem !== null) write({ ok: false, description: problem });
      output.write(`1..${points}\n`);
    },
  };
}

interface Point {
  readonly ok: boolean;
  readonly description: string;
  readonly skip?: string;
  readonly diagnostics?: Readonly<Record<string, string | readonly string[]>>;
}

function verdictPoint(verdict: VerdictLine, facts: RunFacts): Point {
  const description = `${verdict.target} ${verdict.document} ${claimText(verdict)}`;
  if (verdict.verdict === "skipped") return { ok: true, description, skip: reasonText(verdict) };
  // Not `# TODO`: consumers such as tap-junit count that as a failure.
  if (verdict.verdict === "known-deviation")
    return { ok: true, description: `${description} (${knownText(verdict)})` };
  if (IS_OK[verdict.verdict]) return { ok: true, description };
  return { ok: false, description, diagnostics: diagnostics(verdict, facts) };
}

function knownText({ shipped }: VerdictLine): string {
  return shipped ? "known deviation, shipped with bindcheck" : "known deviation";
}

const IS_OK: Readonly<Record<VerdictWord, boolean>> = {
  held: true,
  contradicted: false,
  "known-deviation": true,
  "stale-deviation": false,
  skipped: true,
  broken: false,
};

function diagnostics(verdict: VerdictLine, facts: RunFacts): NonNullable<Point["diagnostics"]> {
  const document = facts.document(verdict.document);
  const observation = facts.observation(verdict);
  return {
    verdict: verdict.verdict,
    ...(verdict.reason ? { reason: reasonText(verdict) } : {}),
    expected: expectedText(verdict.claim.expect, document),
    observed: observedText(facts.outcome(verdict)),
    ...(document ? { citation: citationLines(document) } : {}),
    at: sourceText(verdict.claim.source),
    ...(observation ? { evidence: evidenceTexts(observation) } : {}),
  };
}

function targetProblemPoint({ target, problem }: TargetProblemLine): Point {
  return { ok: false, description: `${target} could not be measured`, diagnostics: { problem } };
}

function pointText(id: number, { ok, description, skip, diagnostics: facts }: Point): string {
  const directive = skip === undefined ? "" : ` # SKIP ${escaped(skip)}`;
  const yaml = facts === undefined ? "" : yamlBlock(facts);
  return `${ok ? "ok" : "not ok"} ${id} - ${escaped(description)}${directive}\n${yaml}`;
}

// An opening brace at the end of a line would start a subtest.
function escaped(text: string): string {
  return oneLine(text).replace(/\{$/, "(").replace(/[\\#]/g, "\\$&");
}

// A JSON string is a YAML double-quoted scalar once illegible characters are gone.
function yamlBlock(entries: NonNullable<Point["diagnostics"]>): string {
  const lines = Object.entries(entries).flatMap(([name, value]) =>
    typeof value === "string"
      ? [`${name}: ${JSON.stringify(legible(value))}`]
      : [`${name}:`, ...value.map((item) => `  - ${JSON.stringify(legible(item))}`)],
  );
  return ["---", ...lines, "..."].map((line) => `  ${line}\n`).join("");
}
