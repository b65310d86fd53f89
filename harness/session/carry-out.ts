import { setMaxListeners } from "node:events";
import type { Pair } from "../trial/pair.ts";
import { createTimeline } from "../measure/timeline.ts";
import type { Line, RunLine, Timings } from "../results/line.ts";
import { RESULT_VERSION } from "../results/result-version.ts";
import { createTwinFinder } from "./find-twins.ts";
import { HARNESS_VERSION } from "./harness-version.ts";
import { inTurns } from "./in-turns.ts";
import type { SessionPlan } from "./plan-session.ts";
import type { RunRecord } from "./record.ts";
import { catchUp, meetTargets, type BegunTarget } from "./resume-targets.ts";
import { runTarget, type RunRequest } from "./run-target.ts";

/** Where and how a session is carried out. */
export interface SessionContext {
  readonly startedAt: Date;
  /** As the run's first line gives them. */
  readonly arguments: readonly string[];
  /** Aborted when the user wants an end. */
  readonly signal: AbortSignal;
  readonly say: (sentence: string) => void;
  /** Called when a target has said what it is: how many experiments it has, with those that were recorded before. */
  readonly expect?: (target: string, experiments: number) => void;
  /** A pair for this machine that is already coming up. */
  readonly early?: Pair | undefined;
  /** Opens the record. Not before the targets are known to be those of the run that goes on, where one does. */
  readonly openRecord: () => Promise<OpenRecord>;
}

/** A record that waits for its lines. */
export interface OpenRecord {
  readonly record: RunRecord;
  /** Called once the record holds all that the run before it had. */
  readonly hasCaughtUp?: () => void;
}

/**
 * Measures and judges on every target, on several at a time: the record gets the lines of the whole run. Throws InputError
 * when a target is not the one with which the run was begun.
 */
export async function carryOut(plan: SessionPlan, context: SessionContext): Promise<RunRecord> {
  const begunAt = performance.now(); // unlike the clock of the day it goes on evenly
  const { signal, openRecord } = context;
  const { resumption } = plan;
  const left = new AbortController();
  const anyEnd = AbortSignal.any([signal, left.signal]);
  setMaxListeners(0, anyEnd); // each target listens, and there may be many
  const findTwin = createTwinFinder();
  const targets: BegunTarget[] = [];
  try {
    for (const runner of plan.runners)
      targets.push(await beginTarget(runner, plan, { ...context, signal: anyEnd }));
    const met = resumption && (await meetTargets(targets, resumption));
    const { record, hasCaughtUp } = await openRecord();
    record.take(runLine(plan, context));
    if (met) await catchUp(met, resumption, plan, record);
    hasCaughtUp?.();
    const recordAll = async ({ lines, timeline }: BegunTarget): Promise<void> => {
      for await (const line of lines) {
        const warning = line.type === "target" ? findTwin(line) : null;
        if (warning !== null) context.say(warning);
        timeline.report(() => record.take(line));
      }
    };
    await inTurns(targets, recordAll, anyEnd);
    if (!signal.aborted) {
      const timings = targets.flatMap(timingsOf);
      record.summarize({ wallMs: Math.round(performance.now() - begunAt), timings });
    }
    await record.end();
    return record;
  } finally {
    left.abort();
    for (const { lines } of targets) await lines.return(undefined);
  }
}

async function beginTarget(
  runner: SessionPlan["runners"][number],
  plan: SessionPlan,
  { signal, say, expect, early }: SessionContext,
): Promise<BegunTarget> {
  const { selection, measureOptions: options, resumption } = plan;
  const { name, isElsewhere } = runner;
  const recorded = resumption?.targets.get(name);
  const timeline = createTimeline();
  const planFor = await plan.plannerFor(recorded?.kept ?? new Set());
  if (recorded && isEmpty(planFor(recorded.line.platform).experiments))
    return { name, isElsewhere, recorded, lines: nothing(), timeline };
  const claims = plan.claims.filter(
    ({ experiment: { id } }) => !plan.except.has(id) || recorded?.kept.has(id),
  );
  const counted: typeof planFor = (platform) => {
    const measurePlan = planFor(platform);
    const { experiments } = measurePlan;
    const left = Array.isArray(experiments) ? experiments : planFor(platform).experiments;
    expect?.(name, (recorded?.kept.size ?? 0) + lengthOf(left));
    return measurePlan;
  };
  const planned = { selection, planFor: counted, options };
  const request: RunRequest = { ...planned, signal, say, pair: early, timeline };
  return {
    name,
    isElsewhere,
    recorded,
    lines: runTarget(runner, request, claims, plan.known, recorded),
    timeline,
  };
}

/** None of a target that was not started. */
function timingsOf({ name, timeline }: BegunTarget): Timings[] {
  const timings = timeline.timings();
  return timings === null ? [] : [{ target: name, ...timings }];
}

function lengthOf(items: Iterable<unknown>): number {
  if (Array.isArray(items)) return items.length;
  let length = 0;
  for (const _ of items) length++;
  return length;
}

function isEmpty(items: Iterable<unknown>): boolean {
  return items[Symbol.iterator]().next().done === true;
}

/** A target on which everything was measured before is not started again. */
async function* nothing(): AsyncGenerator<Line> {}

function runLine(plan: SessionPlan, { startedAt, arguments: asked }: SessionContext): RunLine {
  const { selection, documents, resumption } = plan;
  const now = startedAt.toISOString();
  const begun = resumption?.run;
  return {
    type: "run",
    version: RESULT_VERSION,
    harness: HARNESS_VERSION,
    startedAt: begun?.startedAt ?? now,
    ...(begun ? { resumedAt: [...(begun.resumedAt ?? []), now] } : {}),
    arguments: begun?.arguments ?? asked,
    selection,
    documents,
  };
}
