import type { TargetProblemLine, VerdictLine } from "../harness/results/line.ts";
import { ctrfReport } from "./ctrf/report.ts";
import { ctrfTest, type CtrfTest } from "./ctrf/test.ts";
import { oneLine } from "./legible.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";

/** Common Test Report Format (https://ctrf.io), a test for every claim on every target. */
export function createCtrfReporter(output: Output): Reporter {
  const facts = createRunFacts();
  const tests: CtrfTest[] = [];
  const takeVerdict = (line: VerdictLine): unknown => tests.push(ctrfTest(line, facts));
  const takeProblem = ({ target, problem }: TargetProblemLine): unknown =>
    tests.push(problemTest(`${target} could not be measured`, problem));

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") takeVerdict(line);
      else if (line.type === "target-problem") takeProblem(line);
    },
    end() {
      const problem = facts.closingProblem();
      if (problem !== null) tests.push(problemTest("the whole run", problem));
      output.write(`${JSON.stringify(ctrfReport(tests, facts), null, 2)}\n`);
    },
  };
}

// What makes a run bad is a failed test too: readers look at nothing else.
function problemTest(name: string, problem: string): CtrfTest {
  return {
    name: oneLine(name),
    status: "failed",
    rawStatus: "broken",
    duration: 0,
    message: oneLine(problem),
  };
}
