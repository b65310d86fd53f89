import { judged, type Judged } from "./matrix/judged.ts";
import { createPaint } from "./pretty/paint.ts";
import type { TargetProblem } from "./collected.ts";
import type { Output, ReportContext, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";

/** For people at a terminal, when the run has ended: what differs, each target, and the verdict last. */
export function createPrettyReporter(output: Output, context: ReportContext): Reporter {
  const facts = createRunFacts();
  const verdicts: Judged[] = [];
  const problems: TargetProblem[] = [];
  let observations = 0;
  // The table library takes long to load: it does so while the first experiments run.
  const drawing = import("./pretty/report.ts");

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") verdicts.push(judged(line, facts));
      else if (line.type === "target-problem") problems.push(line);
      else if (line.type === "observation") observations++;
    },
    async end() {
      const { reportText } = await drawing;
      const collected = { verdicts, problems, observations };
      output.write(
        reportText(collected, facts, {
          ...context,
          columns: output.columns,
          paint: createPaint(output),
        }),
      );
    },
  };
}
