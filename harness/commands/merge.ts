import { existsSync } from "node:fs";
import { mergeRuns } from "../results/merge-runs.ts";
import { readRuns, type ResultsFile } from "../results/recorded-run.ts";
import { codeReason, exitCode, explorationExitCode } from "../session/exit-code.ts";
import { createExploreTally } from "../explored/explore-tally.ts";
import { openKnownWriter, openReporters } from "../outputs/outputs.ts";
import {
  closingReporters,
  heard,
  planReporters,
  type Loudness,
} from "../outputs/plan-reporters.ts";
import { nextAfterDraft, sameRun } from "../../reports/answers/next-command.ts";
import { parseResultsFile } from "../results/results-file.ts";
import { refuseInputs } from "../outputs/refuse-inputs.ts";
import { createProgress } from "../session/progress.ts";
import { createRecord } from "../session/record.ts";

/** The options of `bindcheck merge`. */
export interface MergeOptions extends Loudness {
  readonly reporter: readonly string[];
  readonly out: string;
  readonly failOnSkip?: boolean;
  /** Merge what is there, tell what is missing, and end with 3. */
  readonly partial?: boolean;
  readonly writeKnown?: string;
}

/**
 * Makes one result of those of shards, machines and versions, and reports it as a run reports. Resolves to the exit
 * code. Throws InputError when a file is not a result stream, or when the files do not make one result.
 */
export async function merge(named: readonly string[], options: MergeOptions): Promise<number> {
  const partial = options.partial ?? false;
  const wanted = named.map(parseResultsFile);
  const files = partial ? wanted.filter(({ file }) => existsSync(file)) : wanted;
  const absent = wanted.filter((each) => !files.includes(each)).map(absenceText);
  const plans = heard(planReporters(options.reporter, options.out), options);
  refuseInputs(
    [...plans.map(({ file }) => file), options.writeKnown],
    files.map(({ file }) => file),
  );
  const runs = [];
  for (const file of files) runs.push(...(await readRuns(file)));
  const { run, lines, times, cutOff, missing } = mergeRuns(runs, { partial });
  const known = options.writeKnown === undefined ? [] : [await openKnownWriter(options.writeKnown)];
  const progress = createProgress(options.quiet ?? false);
  const lacking = [
    ...cutOff.map((file) => `${file}: this run was cut off: what it did not reach is missing`),
    ...missing,
    ...absent,
  ];
  for (const sentence of lacking) progress.say(sentence);
  const tally = createExploreTally();
  const listeners = [
    ...(await openReporters(plans, options)),
    ...known,
    tally,
    ...(run.selection.explores ? [] : await closingReporters(plans, options)),
  ];
  const record = createRecord(listeners, run.documents, progress);
  record.take(run);
  for (const line of lines) record.take(line);
  if (lacking.length === 0) record.summarize(times);
  await record.end();
  if (options.writeKnown !== undefined)
    progress.say(nextAfterDraft(options.writeKnown, sameRun(run.selection.files, [])));
  const end = { ...record.result, isInterrupted: false, isCutOff: lacking.length > 0 };
  if (run.selection.explores) return explorationExitCode({ ...end, ...tally.counts });
  const whole = { ...end, failOnSkip: options.failOnSkip ?? false };
  const code = exitCode(whole);
  const reason = codeReason(whole, code);
  if (reason !== null) progress.say(reason);
  return code;
}

function absenceText({ file, machine }: ResultsFile): string {
  return `${machine === null ? "" : `${machine}: `}${file} is missing`;
}
