import type { Counts } from "../harness/results/line.ts";
import { closingLine } from "./pretty/closing-line.ts";
import type { ReportContext, Reporter } from "./reporter.ts";
import { createRunFacts } from "./run-facts.ts";

/** The end of a run whose reports go elsewhere: what happened, and where it is written. */
export function createClosingReporter(
  write: (text: string) => void,
  { timings, written }: Pick<ReportContext, "timings" | "written">,
): Reporter {
  const facts = createRunFacts();
  const counts = new Map<string, Partial<Record<keyof Counts, number>>>();
  const problems: { readonly target: string }[] = [];
  let observations = 0;
  return {
    line(line) {
      facts.take(line);
      if (line.type === "observation") observations++;
      else if (line.type === "target-problem") problems.push(line);
      else if (line.type === "verdict") {
        const own = counts.get(line.target) ?? {};
        counts.set(line.target, { ...own, [line.verdict]: (own[line.verdict] ?? 0) + 1 });
      }
    },
    async end() {
      const { summary } = facts;
      const closing = facts.closingProblem();
      if (timings) {
        const { timingsTables } = await import("./pretty/timings-table.ts");
        for (const block of timingsTables(summary?.timings ?? [], COLUMNS)) write(`${block}\n\n`);
      }
      write(`${closingLine({ counts, problems, observations, summary, closing, written }).text}\n`);
    },
  };
}

const COLUMNS = 80;
