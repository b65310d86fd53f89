import { availableParallelism } from "node:os";
import path from "node:path";
import { availableRunners, parseTarget } from "../../runners/available.ts";
import type { Runner, RunRequest } from "../../runners/runner.ts";
import { InputError } from "../cases/problem.ts";
import type { Claim } from "../claims/claim.ts";
import { readClaims, readControls } from "../claims/read-claims.ts";
import { isNamed, selectClaims } from "../claims/select.ts";
import { ownBinder } from "../pair/binder-process.ts";
import { measureHere } from "../pair/measure-here.ts";
import { startPair } from "../pair/pair.ts";
import { RESULT_VERSION } from "../results/line.ts";
import { createMeasurePlanner } from "../verdicts/measure-plan.ts";
import { exitCode } from "./exit-code.ts";
import { HARNESS_VERSION } from "./harness-version.ts";
import { listenForInterrupt } from "./interrupt.ts";
import {
  parseMeasureOptions,
  parseSelection,
  type MeasureOptionTexts,
  type SelectionOptions,
} from "./options.ts";
import { openReporters, planReporters } from "./outputs.ts";
import { createProgress } from "./progress.ts";
import { createRecord, type RunRecord } from "./record.ts";
import { runTarget } from "./run-target.ts";

/** What commander hands over. */
export interface RunOptions extends SelectionOptions, MeasureOptionTexts {
  readonly on: readonly string[];
  readonly reporter: readonly string[];
  readonly out: string;
  readonly failOnSkip?: boolean;
}

/**
 * Measures, judges, reports. Resolves to the exit code. Throws InputError before anything is measured when the
 * arguments or case files are wrong.
 */
export async function run(files: readonly string[], options: RunOptions): Promise<number> {
  const startedAt = new Date();
  const selection = parseSelection(files, options);
  const measureOptions = parseMeasureOptions(options, availableParallelism());
  const reporterPlans = planReporters(options.reporter, options.out);
  const runners = await findRunners(options.on);
  const command = ownBinder();
  // The binders come up while the case files are read.
  const pair = runners.some(({ name }) => name === "local") ? startPair(command) : undefined;
  const { signal, release } = listenForInterrupt();
  try {
    const claimSet = await readClaims(files);
    const claims = selectClaims(claimSet, selection);
    const planFor = createMeasurePlanner(claims, await readControls(), isNamed(selection));
    const selected = new Set(claims.map(({ document }) => document));
    const documents = claimSet.documents.filter((document) => selected.has(document));
    const progress = createProgress();
    const record = createRecord(await openReporters(reporterPlans), documents, progress);
    record.take({
      type: "run",
      version: RESULT_VERSION,
      harness: HARNESS_VERSION,
      startedAt: startedAt.toISOString(),
      arguments: process.argv.slice(2),
      selection,
      documents,
    });
    await runTargets(runners, claims, record, {
      selection: { ...selection, files: files.map((file) => path.resolve(file)) },
      options: measureOptions,
      signal,
      say: progress.say,
      measureHere: () =>
        measureHere({ target: "local", planFor, options: measureOptions, command, signal, pair }),
    });
    if (!signal.aborted) record.summarize(Date.now() - startedAt.getTime());
    await record.end();
    const failOnSkip = options.failOnSkip ?? false;
    return exitCode({ ...record.result, isInterrupted: signal.aborted, failOnSkip });
  } finally {
    release();
    pair?.end();
  }
}

/** All at the same time; each fails on its own. */
async function runTargets(
  runners: readonly Runner[],
  claims: readonly Claim[],
  record: RunRecord,
  request: RunRequest,
): Promise<void> {
  await Promise.all(
    runners.map(async (runner) => {
      for await (const line of runTarget(runner, request, claims)) record.take(line);
    }),
  );
}

async function findRunners(names: readonly string[]): Promise<Runner[]> {
  const runners = new Map<string, Runner>();
  for (const name of names.length > 0 ? names : ["local"]) {
    const found = name === "available" ? await availableRunners() : [parseTarget(name)];
    for (const runner of found) {
      if ("problem" in runner) throw new InputError([`--on: ${runner.problem}`]);
      runners.set(runner.name, runner);
    }
  }
  return [...runners.values()];
}
