import type { TargetProblemLine } from "../harness/results/line.ts";
import { annotationsOf, limited } from "./github/annotations.ts";
import { noticeCommand, workflowCommand, type Annotation } from "./github/workflow-command.ts";
import { judged, type Judged } from "./matrix/judged.ts";
import { inDocumentOrder } from "./matrix/order.ts";
import type { Output, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";
import { shippedText } from "./sentences.ts";

/** Annotations of GitHub Actions that point at the cells of the case files that do not hold. */
export function createGithubReporter(output: Output): Reporter {
  const facts = createRunFacts();
  const verdicts: Judged[] = [];
  const problems: Annotation[] = [];

  return {
    line(line) {
      facts.take(line);
      if (line.type === "verdict") verdicts.push(judged(line, facts));
      else if (line.type === "target-problem") problems.push(targetProblem(line));
    },
    end() {
      const closing = facts.closingProblem();
      if (closing !== null) problems.push({ title: "bindcheck", message: closing });
      const annotations = [...problems, ...annotationsOf(inDocumentOrder(verdicts, facts), facts)];
      const shipped = shippedText(verdicts);
      const notices = shipped === null ? [] : [noticeCommand("bindcheck", shipped)];
      output.write([...limited(annotations).map(workflowCommand), ...notices].join(""));
    },
  };
}

function targetProblem({ target, problem }: TargetProblemLine): Annotation {
  return { title: `${target} could not be measured`, message: problem };
}
