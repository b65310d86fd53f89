import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../model/experiment.ts";
import type {
  BrokenReason,
  Evidence,
  Observation,
  Outcome,
  StepObservation,
} from "../model/observation.ts";
import { isConflict } from "../trial/attribute.ts";
import type { TrialResult } from "../trial/trial.ts";

/** An experiment on its way to an observation. */
export interface Task {
  readonly experiment: Experiment;
  readonly outcomes: Outcome[];
  /** For a scenario: the observed steps of each try. */
  readonly steps: (readonly StepObservation[])[];
  /** Why tries could not count. */
  readonly discarded: string[];
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
// A refusal that no other try has may be another program's, once or twice; more often it is the system's.
const MAX_LONE_REFUSALS = 2;

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
  return goesOnAfterRefusal(task) ? null : observation;
}

/**
 * Whether the task goes on because one try alone was refused a port. Another program may have had it, also where the refusal
 * ended with the first endpoint. The try is discarded where two others agree that the port is free.
 */
function goesOnAfterRefusal({ steps, outcomes, discarded }: Task): boolean {
  const tries = steps.length > 0 ? steps : outcomes.map(asOneStep);
  if (tries.length < 2 || discarded.length >= MAX_LONE_REFUSALS) return false;
  const refusals = tries.map((lone, index) => refusalAmong(lone, tries.toSpliced(index, 1)));
  const index = refusals.findIndex((refusal) => refusal !== null);
  if (index === -1) return false;
  if (tries.length === 2) return true; // which of them was by chance, a third tells
  steps.splice(index, 1);
  outcomes.splice(index, 1);
  discarded.push(`${refusals[index]} in one try alone: another program may have had its port`);
  return true;
}

function asOneStep(outcome: Outcome): StepObservation[] {
  return [{ step: 0, label: "the second endpoint", outcome }];
}

/** Where a try first differs from others that agree: the step, if it was refused a port that they could have. */
function refusalAmong(
  lone: readonly StepObservation[],
  others: readonly (readonly StepObservation[])[],
): string | null {
  const agreement = agreedSteps(others).map(({ outcome }) => outcome);
  if (agreement.some(({ kind }) => kind === "unstable")) return null;
  for (const [place, { label, outcome }] of lone.entries()) {
    const other = agreement[place];
    if (!other || isAlike(outcome, other)) continue;
    // POSIX has no EACCES for a port that another program holds.
    const isRefusal = outcome.kind === "error" && isConflict(outcome) && outcome.code !== "EACCES";
    return isRefusal && other.kind === "success" ? `${label}: ${outcome.code}` : null;
  }
  return null;
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

function agreed(outcomes: readonly Outcome[]): Outcome {
  const [first, ...others] = outcomes;
  const isStable = first && others.every((other) => isAlike(first, other));
  return isStable ? first : { kind: "unstable", outcomes: [...outcomes] };
}

/** The same outcome; shares of a census count as the same when the same sockets got something, what broke by its reason. */
function isAlike(one: Outcome, other: Outcome): boolean {
  if (one.kind === "broken" && other.kind === "broken") return one.reason === other.reason;
  if (one.kind !== "delivered" || other.kind !== "delivered") return isDeepStrictEqual(one, other);
  return Object.entries(one.shares).every(
    ([socket, count]) => count > 0 === (other.shares[socket] ?? 0) > 0,
  );
}

/** Each step with what all tries agree on. */
function agreedSteps(tries: readonly (readonly StepObservation[])[]): StepObservation[] {
  return (tries.at(-1) ?? []).map(({ step, label }) => {
    const outcomes = tries.flatMap((observed) =>
      observed.filter((each) => each.step === step).map(({ outcome }) => outcome),
    );
    return { step, label, outcome: agreed(outcomes) };
  });
}
