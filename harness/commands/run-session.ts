import { availableParallelism } from "node:os";
import path from "node:path";
import type { Reporter } from "../../reports/reporter.ts";
import type { Runner, RunRequest } from "../../runners/runner.ts";
import type { Claim } from "../claims/claim.ts";
import { readClaims, readControls } from "../claims/read-claims.ts";
import { isNamed, selectClaims } from "../claims/select.ts";
import { ownBinder } from "../pair/binder-process.ts";
import { measureHere } from "../pair/measure-here.ts";
import type { Pair } from "../pair/pair.ts";
import { RESULT_VERSION } from "../results/line.ts";
import type { KnownDeviation } from "../verdicts/known-deviation.ts";
import { createMeasurePlanner } from "../verdicts/measure-plan.ts";
import { chooseTargets, withFleet } from "./choose-targets.ts";
import { exitCode } from "./exit-code.ts";
import { HARNESS_VERSION } from "./harness-version.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { parseMeasureOptions, parseSelection } from "./options.ts";
import { openReporters, planReporters } from "./outputs.ts";
import { createProgress } from "./progress.ts";
import { createRecord, type RunRecord } from "./record.ts";
import { runTarget } from "./run-target.ts";
import type { RunOptions } from "./run.ts";

/**
 * Measures, judges, reports. Resolves to the exit code. `early` is a pair for this machine that is already coming up.
 * Throws InputError before anything is measured when the arguments or case files are wrong.
 */
export async function runSession(
  givenFiles: readonly string[],
  givenOptions: RunOptions,
  early: Pair | undefined,
): Promise<number> {
  const startedAt = new Date();
  const { runners, selects } = await chooseTargets(givenOptions.on, givenOptions.config);
  const { files, options } = withFleet(givenFiles, givenOptions, selects);
  const selection = parseSelection(files, options);
  const measureOptions = parseMeasureOptions(options, availableParallelism());
  const reporterPlans = planReporters(options.reporter, options.out);
  const known = options.known === undefined ? [] : await readKnown(options.known);
  const claimSet = await readClaims(files, selection.document);
  const claims = selectClaims(claimSet, selection);
  const planFor = createMeasurePlanner(claims, await readControls(), isNamed(selection));
  const selected = new Set(claims.map(({ document }) => document));
  const documents = claimSet.documents.filter((document) => selected.has(document));
  const progress = createProgress();
  const reporters = await openReporters(reporterPlans);
  if (options.writeKnown !== undefined) reporters.push(await openKnownWriter(options.writeKnown));
  const record = createRecord(reporters, documents, progress);
  record.take({
    type: "run",
    version: RESULT_VERSION,
    harness: HARNESS_VERSION,
    startedAt: startedAt.toISOString(),
    arguments: process.argv.slice(2),
    selection,
    documents,
  });
  const { signal, release } = listenForInterrupt();
  try {
    await runTargets(runners, claims, known, record, {
      selection: { ...selection, files: files.map((file) => path.resolve(file)) },
      options: measureOptions,
      signal,
      say: progress.say,
      measureHere: () =>
        measureHere({
          target: "local",
          planFor,
          options: measureOptions,
          command: ownBinder(),
          signal,
          pair: early,
        }),
    });
    if (!signal.aborted) record.summarize(Date.now() - startedAt.getTime());
    await record.end();
  } finally {
    release();
  }
  const failOnSkip = options.failOnSkip ?? false;
  return exitCode({ ...record.result, isInterrupted: signal.aborted, failOnSkip });
}

/** All at the same time; each fails on its own. */
async function runTargets(
  runners: readonly Runner[],
  claims: readonly Claim[],
  known: readonly KnownDeviation[],
  record: RunRecord,
  request: RunRequest,
): Promise<void> {
  await Promise.all(
    runners.map(async (runner) => {
      for await (const line of runTarget(runner, request, claims, known)) record.take(line);
    }),
  );
}

// The YAML parser takes long to load: only a run that has known deviations needs it.
async function readKnown(named: string): Promise<readonly KnownDeviation[]> {
  return (await import("../verdicts/read-known.ts")).readKnownDeviations(named);
}

async function openKnownWriter(file: string): Promise<Reporter> {
  return (await import("../verdicts/write-known.ts")).createKnownWriter(file);
}
