import path from "node:path";
import type { RunRequest } from "../../runners/runner.ts";
import { readControls } from "../claims/read-claims.ts";
import { isNamed } from "../claims/select.ts";
import { ownBinder } from "../pair/binder-process.ts";
import { measureHere } from "../pair/measure-here.ts";
import type { Pair } from "../pair/pair.ts";
import { RESULT_VERSION } from "../results/line.ts";
import { createMeasurePlanner } from "../verdicts/measure-plan.ts";
import { HARNESS_VERSION } from "./harness-version.ts";
import type { SessionPlan } from "./plan-session.ts";
import type { RunRecord } from "./record.ts";
import { runTarget } from "./run-target.ts";

/** Where and how a session is carried out. */
export interface Circumstances {
  readonly startedAt: Date;
  /** As the run's first line tells them. */
  readonly arguments: readonly string[];
  /** Aborted when the user wants an end. */
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
  /** A pair for this machine that is already coming up. */
  readonly early?: Pair | undefined;
}

/** Measures and judges on every target at the same time: the record gets the lines of the whole run. */
export async function carryOut(
  plan: SessionPlan,
  record: RunRecord,
  { startedAt, arguments: asked, signal, say, early }: Circumstances,
): Promise<void> {
  const begunAt = performance.now(); // unlike the clock of the day it goes on evenly
  const { runners, claims, known, selection, measureOptions: options, documents } = plan;
  const planFor = createMeasurePlanner(claims, await readControls(), isNamed(selection));
  record.take({
    type: "run",
    version: RESULT_VERSION,
    harness: HARNESS_VERSION,
    startedAt: startedAt.toISOString(),
    arguments: asked,
    selection,
    documents,
  });
  const here = { target: "local", planFor, options, command: ownBinder(), signal, pair: early };
  const request: RunRequest = {
    selection: { ...selection, files: selection.files.map((file) => path.resolve(file)) },
    options,
    signal,
    say,
    measureHere: () => measureHere(here),
  };
  await Promise.all(
    runners.map(async (runner) => {
      for await (const line of runTarget(runner, request, claims, known)) record.take(line);
    }),
  );
  if (!signal.aborted) record.summarize(Math.round(performance.now() - begunAt));
  await record.end();
}
