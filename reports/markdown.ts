import type { TargetProblem } from "./collected.ts";
import { markdownText } from "./markdown/text.ts";
import { judged, type Judged } from "./matrix/judged.ts";
import { inDocumentOrder } from "./matrix/order.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";

/** A short text for a pull request or a job's summary: counts, and what does not simply hold. */
export function createMarkdownReporter(output: Output): Reporter {
  const facts = createRunFacts();
  const verdicts: Judged[] = [];
  const problems: TargetProblem[] = [];

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") verdicts.push(judged(line, facts));
      else if (line.type === "target-problem") problems.push(line);
    },
    end() {
      output.write(markdownText({ verdicts: inDocumentOrder(verdicts, facts), problems }, facts));
    },
  };
}
