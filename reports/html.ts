import type { TargetProblem } from "./collected.ts";
import type { Seen } from "../harness/results/compare-versions.ts";
import { pageVerdict, type PageVerdict } from "./html/page-verdict.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";

/** One page for people, which needs nothing but itself: who differs, where, why, and what repeats it. */
export function createHtmlReporter(output: Output): Reporter {
  const facts = createRunFacts();
  const verdicts: PageVerdict[] = [];
  const problems: TargetProblem[] = [];
  const seen = new Map<string, Map<string, Seen>>();
  let observations = 0;

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") verdicts.push(pageVerdict(line, facts));
      else if (line.type === "target-problem") problems.push(line);
      else if (line.type === "observation") {
        observations++;
        const { target, experiment, outcome, steps } = line;
        seen.set(target, (seen.get(target) ?? new Map()).set(experiment.id, { outcome, steps }));
      }
    },
    async end() {
      const { pageText } = await import("./html/page-text.ts");
      output.write(pageText({ verdicts, problems, observations, seen }, facts));
    },
  };
}
