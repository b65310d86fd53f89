import path from "node:path";
import { InputError } from "../model/problem.ts";
import { mergeRuns } from "../results/merge-runs.ts";
import { readRuns, type ResultsFile } from "../results/recorded-run.ts";
import { exitCode } from "../session/exit-code.ts";
import { createExploreTally } from "../session/explore-tally.ts";
import { openReporters, planReporters, type ReporterPlan } from "./outputs.ts";
import { parseResultsFile } from "./parse-results-file.ts";
import { createProgress } from "../session/progress.ts";
import { createRecord } from "../session/record.ts";

/** What commander hands over. */
export interface MergeOptions {
  readonly reporter: readonly string[];
  readonly out: string;
  readonly failOnSkip?: boolean;
}

/**
 * Makes one result of those of shards, machines and versions, and reports it as a run reports. Resolves to the exit
 * code. Throws InputError when a file is no result stream, or when the files do not make one result.
 */
export async function merge(named: readonly string[], options: MergeOptions): Promise<number> {
  const files = named.map(parseResultsFile);
  const plans = planReporters(options.reporter, options.out);
  refuseOverwriting(files, plans);
  const runs = [];
  for (const file of files) runs.push(...(await readRuns(file)));
  const { run, lines, wallMs, cutOff } = mergeRuns(runs);
  const progress = createProgress();
  for (const file of cutOff)
    progress.say(`${file}: this run was cut off: what it did not reach is missing`);
  const tally = createExploreTally();
  const record = createRecord([...(await openReporters(plans)), tally], run.documents, progress);
  record.take(run);
  for (const line of lines) record.take(line);
  if (cutOff.length === 0) record.summarize(wallMs);
  await record.end();
  const end = { ...record.result, isInterrupted: false, isCutOff: cutOff.length > 0 };
  if (run.selection.explores) return tally.exitCode(end);
  return exitCode({ ...end, failOnSkip: options.failOnSkip ?? false });
}

function refuseOverwriting(files: readonly ResultsFile[], plans: readonly ReporterPlan[]): void {
  const inputs = new Set(files.map(({ file }) => path.resolve(file)));
  for (const { file } of plans)
    if (file !== null && inputs.has(path.resolve(file)))
      throw new InputError([
        `${file} is to be merged and would be overwritten (name another folder with --out)`,
      ]);
}
