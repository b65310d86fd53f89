import type { Experiment } from "../model/experiment.ts";
import type { BrokenReason, Evidence, Observation, Outcome } from "../model/observation.ts";
import type { TrialResult } from "../trial/trial.ts";
import { agreed, agreedSteps } from "./agreement.ts";
import { settleLoneRefusal, type Tries } from "./lone-refusal.ts";

/** An experiment on its way to an observation. */
export interface Task extends Tries {
  readonly experiment: Experiment;
  /** Confirmations still to come; null before the first outcome. */
  confirmationsLeft: number | null;
  /** It was under way when a binder was lost: it goes on alone, so that the blame is certain. */
  alone: boolean;
}

/** One try, as its task hears of it. */
export interface Try {
  readonly result: TrialResult;
  readonly port: number;
  /** Null where it was one of a batch: only the whole took a time that can be told. */
  readonly durationMs: number | null;
}

/** When an outcome has to be repeated. */
export interface Doubt {
  readonly isDoubtful: (observation: Observation) => boolean;
  readonly confirm: number;
}

// Connections in TIME_WAIT of a run before hold some sixty ports for a minute: after many runs a port is often held, and five
// hardly ever.
const MAX_DISCARDED = 5;

export function createTask(experiment: Experiment): Task {
  return {
    experiment,
    outcomes: [],
    steps: [],
    discarded: [],
    confirmationsLeft: null,
    alone: false,
  };
}

/** Takes a try in: the finished observation, or null when the task has to go on. */
export function settle(task: Task, attempt: Try, doubt: Doubt): Observation | null {
  const { result } = attempt;
  if (!result.counts) {
    task.discarded.push(result.why);
    if (task.discarded.length < MAX_DISCARDED) return null;
    return observeUndecided(task, attempt, result.reason, result.why);
  }
  task.outcomes.push(result.outcome);
  if (result.steps) task.steps.push(result.steps);
  const observation = {
    ...observe(task, attempt, agreed(task.outcomes), result.evidence),
    ...(task.steps.length > 0 ? { steps: agreedSteps(task.steps) } : {}),
  };
  task.confirmationsLeft ??= doubt.isDoubtful(observation) ? doubt.confirm : 0;
  if (task.confirmationsLeft > 0) {
    task.confirmationsLeft -= 1;
    return null;
  }
  return settleLoneRefusal(task) ? observation : null;
}

/** The observation of a task that took its binder down, alone. */
export function observeLoss(task: Task, reason: BrokenReason, detail: string): Observation {
  return observeUndecided(task, { port: null, durationMs: 0 }, reason, detail);
}

/** An observation that nothing was tried for. */
export function observeWithoutTrying(experiment: Experiment, outcome: Outcome): Observation {
  return observe(createTask(experiment), { port: null, durationMs: 0 }, outcome, {});
}

/** Without the steps of earlier tries: what could not be confirmed is not to be judged. */
function observeUndecided(
  task: Task,
  place: Place,
  reason: BrokenReason,
  detail: string,
): Observation {
  return observe(task, place, { kind: "broken", reason, detail }, {});
}

type Place = Pick<Observation, "port" | "durationMs">;

function observe(
  task: Task,
  { port, durationMs }: Place,
  outcome: Outcome,
  evidence: Evidence,
): Observation {
  const { experiment, outcomes, discarded } = task;
  return {
    experiment,
    outcome,
    attempts: outcomes.length,
    durationMs: durationMs && Math.round(durationMs * 1000) / 1000,
    port,
    evidence: discarded.length > 0 ? { ...evidence, discarded: [...discarded] } : evidence,
  };
}
