import { InputError } from "../model/problem.ts";
import { findErrata, isContradicted, type Unmeasured } from "../results/find-errata.ts";
import { readRuns, type RecordedRun } from "../results/recorded-run.ts";
import { errataMarkdown, unmeasuredText } from "../../reports/answers/errata-markdown.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import { parseResultsFile } from "../results/results-file.ts";

/**
 * Prints what documents say otherwise than the very systems that they speak of. Resolves to the exit code: 1 when there
 * is something to report. Throws InputError, also when no document was held against its own system.
 */
export async function errata(
  named: readonly string[],
  { out }: { readonly out?: string },
): Promise<number> {
  const runs: RecordedRun[] = [];
  for (const text of named) runs.push(...(await readRuns(parseResultsFile(text))));
  for (const { file, summary } of runs)
    if (summary === null)
      process.stderr.write(`${file}: this run was cut off: what it did not reach is missing\n`);
  const { documents, unmeasured } = findErrata(runs);
  if (documents.length === 0) throw nothingMeasured(unmeasured);
  writeAnswer(await errataMarkdown(documents, unmeasured), out);
  return documents.some(({ claims }) => claims.some(isContradicted)) ? 1 : 0;
}

function nothingMeasured(unmeasured: readonly Unmeasured[]): InputError {
  const why = unmeasured.map(unmeasuredText);
  return new InputError([
    `nothing to report: ${why.join("; ") || "no document in these results"} (measure there: bindcheck run)`,
  ]);
}
