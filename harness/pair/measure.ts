import type { Experiment } from "../experiments/experiment.ts";
import { findUnmet, type Offer } from "../experiments/requirements.ts";
import type { Observation } from "../observations/observation.ts";
import type { Crew } from "./crew.ts";
import { createTask, observeLoss, observeWithoutTrying, settle, type Task } from "./task.ts";

/** With what experiments are carried out, and when to repeat them. */
export interface Laboratory {
  readonly crew: Crew;
  readonly offer: Offer;
  /** How often a doubtful observation is repeated before it is believed. */
  readonly confirm: number;
  readonly isDoubtful: (observation: Observation) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Carries experiments out and yields each observation as it is made, in no certain order. Holds a bounded number of
 * experiments in memory. Ends early, without the rest, when the signal is aborted. Throws TargetProblem when no
 * binder can be started any more.
 */
export async function* measure(
  experiments: Iterable<Experiment>,
  laboratory: Laboratory,
): AsyncGenerator<Observation> {
  const { crew, offer, signal } = laboratory;
  const source = experiments[Symbol.iterator]();
  const again: Task[] = [];
  const unmeasured: Observation[] = [];

  const takeNew = (): Task | null => {
    for (let next = source.next(); !next.done; next = source.next()) {
      const unmet = findUnmet(next.value, offer);
      if (!unmet) return createTask(next.value);
      unmeasured.push(observeWithoutTrying(next.value, unmet));
    }
    return null;
  };
  const take = (isAlone: boolean): Task | null => {
    const index = again.findIndex((task) => task.alone === isAlone);
    if (index >= 0) return again.splice(index, 1)[0] ?? null;
    return isAlone ? null : takeNew();
  };

  for (;;) {
    const finished = await crew.work(take);
    yield* unmeasured.splice(0);
    if (!finished || signal.aborted) return;
    for (const { task, outcome } of finished) {
      if (outcome.kind === "lost" && task.alone) {
        yield observeLoss(task, outcome.reason, outcome.detail);
      } else if (outcome.kind === "lost") {
        task.alone = true;
        again.push(task);
      } else {
        const observation = settle(task, outcome, laboratory);
        if (observation) yield observation;
        else again.push(task);
      }
    }
  }
}
