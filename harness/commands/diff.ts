import { InputError } from "../model/problem.ts";
import { compareRuns, isChange } from "../results/compare-runs.ts";
import {
  readOutcomes,
  runsOfTarget,
  type OutcomeLine,
  type RecordedRun,
} from "../results/recorded-run.ts";
import { diffMarkdown } from "../../reports/answers/diff-markdown.ts";
import { diffText } from "../../reports/answers/diff-text.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import { terminalText } from "../model/terminal-text.ts";
import { parseResultsOfTarget } from "../results/results-file.ts";

/** What commander hands over. */
export interface DiffOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly out?: string;
}

/** Prints what changed between two results. Resolves to the exit code: 1 when something did. Throws InputError. */
export async function diff(
  oldFile: string,
  newFile: string,
  { json = false, markdown = false, out }: DiffOptions,
): Promise<number> {
  if (json && markdown) throw new InputError(["--json and --markdown: choose one"]);
  const old = await read(oldFile);
  const now = await read(newFile);
  for (const { file } of [...old, ...now].filter(isCutOff))
    process.stderr.write(
      `${terminalText(file)}: this run was cut off: what it did not reach is missing\n`,
    );
  const comparison = compareRuns(old, now);
  if (json) {
    const names = { old: oldFile, new: newFile };
    writeAnswer(`${JSON.stringify({ version: 1, files: names, ...comparison }, null, 2)}\n`, out);
  } else if (markdown) writeAnswer(diffMarkdown(comparison), out);
  else writeAnswer(diffText(comparison), out, terminalText);
  return isChange(comparison) ? 1 : 0;
}

async function read(text: string): Promise<RecordedRun<OutcomeLine>[]> {
  const { file, target } = parseResultsOfTarget(text);
  const runs = await readOutcomes({ file, machine: null });
  return target === null ? runs : runsOfTarget(runs, target);
}

function isCutOff({ summary }: Pick<RecordedRun, "summary">): boolean {
  return summary === null;
}
