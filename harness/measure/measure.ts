import type { Experiment } from "../model/experiment.ts";
import type { Observation, Outcome } from "../model/observation.ts";
import { SOCKET_OPTIONS } from "../model/options/option-table.ts";
import { kindOf, type Crew, type WorkKind } from "./crew.ts";
import { createTask, observeLoss, observeWithoutTrying, settle, type Task } from "./task.ts";

/** With what experiments are carried out, and when to repeat them. */
export interface Laboratory {
  readonly crew: Crew;
  /** What comes of an experiment that cannot be carried out here, without trying; null where it can. */
  readonly findUnmet: (experiment: Experiment) => Outcome | null;
  /** How often a doubtful observation is repeated before it is believed. */
  readonly confirm: number;
  readonly isDoubtful: (observation: Observation) => boolean;
  /** Deadline of one exchange with a binder, in milliseconds. */
  readonly timeoutMs: number;
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
  const { crew, findUnmet, timeoutMs, signal } = laboratory;
  const source = experiments[Symbol.iterator]();
  const unmeasured: Observation[] = [];

  const waiting: Record<WorkKind, Task[]> = {
    pairs: [],
    scenarios: [],
    options: [],
    alone: [],
    exclusive: [],
  };
  const putBack = (task: Task): void => void waiting[workOf(task)].push(task);
  const take = (kind: WorkKind): Task | null => {
    const back = waiting[kind].shift();
    if (back || kind === "alone" || kind === "exclusive") return back ?? null;
    while (
      unmeasured.length < MOST_UNMEASURED &&
      Object.values(waiting).every(({ length }) => length < MOST_WAITING)
    ) {
      const next = source.next();
      if (next.done) break;
      const unmet = findUnmet(next.value);
      if (unmet) unmeasured.push(observeWithoutTrying(next.value, unmet));
      else {
        const task = createTask(next.value);
        if (workOf(task) === kind) return task;
        putBack(task);
      }
    }
    return null;
  };

  for (;;) {
    const finished = await crew.work(take, timeoutMs);
    const isAllTaken = unmeasured.length < MOST_UNMEASURED;
    yield* unmeasured.splice(0);
    if ((!finished && isAllTaken) || signal.aborted) return;
    for (const { task, outcome } of finished ?? []) {
      if (outcome.kind === "lost" && task.alone) {
        yield observeLoss(task, outcome.reason, outcome.detail);
      } else if (outcome.kind === "lost") {
        task.alone = true;
        putBack(task);
      } else {
        const observation = settle(task, outcome, laboratory);
        if (observation) yield observation;
        else putBack(task);
      }
    }
  }
}

// One kind is looked for only so far behind others that wait: what a run holds in memory stays the same, however long.
const MOST_WAITING = 256;
// The same for what cannot be done here, which may be all that is left.
const MOST_UNMEASURED = 1024;

function workOf(task: Task): WorkKind {
  if (fillsSlot(task.experiment)) return "exclusive";
  return task.alone || isProcessWide(task.experiment) ? "alone" : kindOf(task);
}

/** Whether what is asked meanwhile in the same process would see what it sets. */
function isProcessWide(experiment: Experiment): boolean {
  return "option" in experiment && SOCKET_OPTIONS.get(experiment.option)?.isProcessWide === true;
}

// Linux without the fix of CVE-2026-31503 looks for conflicts otherwise once more UDP sockets than these are in one slot of its
// table: those of other experiments would count too, and theirs would be decided otherwise.
const MOST_IN_A_SLOT = 10;

function fillsSlot(experiment: Experiment): boolean {
  if (!("scenario" in experiment)) return false;
  const opens = experiment.scenario.steps.filter(({ do: step }) => step === "open");
  return opens.length > MOST_IN_A_SLOT;
}
