import type { Offer } from "../experiments/requirements.ts";
import type { BrokenReason } from "../model/observation.ts";
import { TargetProblem } from "../model/target-problem.ts";
import { BinderLost } from "../binder-client/binder-process.ts";
import { startProblem, type OpenTarget } from "../binder-client/open-target.ts";
import type { MeasureOptions } from "./measure-options.ts";
import { startPair, type Pair } from "../trial/pair.ts";
import { performOptions } from "../trial/perform-option.ts";
import { performScenario } from "../trial/perform-scenario.ts";
import { performTrials } from "../trial/perform.ts";
import type { Binders, OptionTrial, ScenarioTrial, Trial, TrialResult } from "../trial/trial.ts";
import type { Task, Try } from "./task.ts";
import type { ExperimentKind, Timeline } from "./timeline.ts";

/** What became of a task in a batch. */
interface Finished {
  readonly task: Task;
  readonly outcome:
    | ({ readonly kind: "tried" } & Try)
    | { readonly kind: "lost"; readonly reason: BrokenReason; readonly detail: string };
}

/**
 * What a pair takes: experiments of a kind; any that has a pair to itself (`alone`); any that has the whole target to itself
 * (`exclusive`).
 */
export type WorkKind = ExperimentKind | "alone" | "exclusive";

export function kindOf({ experiment }: Task): ExperimentKind {
  if ("option" in experiment) return "options";
  return "first" in experiment ? "pairs" : "scenarios";
}

/** The next task of a kind, or null when there is none. */
type Take = (kind: WorkKind) => Task | null;

/** Pairs of binders and what they are busy with. */
export interface Crew {
  /**
   * Gives every free pair a batch, to be answered within `timeoutMs` an exchange, and waits for the first that comes back;
   * null when there is nothing left to do.
   */
  work(take: Take, timeoutMs: number): Promise<Finished[] | null>;
  end(): void;
}

/** What a crew works with. */
export interface CrewTools {
  readonly target: OpenTarget;
  readonly offer: Offer;
  readonly options: MeasureOptions;
  readonly nextPort: () => number;
  /** Options that the target does not tell the value of. */
  readonly unreadable: readonly string[];
  /** A pair that is already up, to begin with. */
  readonly pair: Pair;
  readonly timeline: Timeline;
}

interface Worker {
  readonly kind: WorkKind;
  /** Batches at once: while each binder works on one, another is on its way. */
  readonly depth: number;
  readonly batchSize: number;
  /** A fresh pair for every batch. */
  readonly isFresh: boolean;
  readonly seat: Seat;
  busy: number;
}

/** Where a worker's pair is; several workers may share one. */
interface Seat {
  pair: Pair | null;
}

// Past about 64 experiments a message, the cost of the message is lost among that of the calls.
const BATCH_SIZE = 64;
// Scenarios wait for their peers and for time to go by: they do so side by side.
const SCENARIOS_AT_ONCE = 32;
// Most of an option's questions are answered at once; a few take part of a second, and an exchange has a deadline.
const OPTIONS_AT_ONCE = 8;
// Starting a pair takes about as long as measuring this many experiments: no further pair before they are there.
const EXPERIMENTS_PER_PAIR = 500;
// A pair that does not come up may be chance; three in a row are the target's fault.
const MAX_FAILED_STARTS = 3;
// Each that hangs is waited for, a minute at most.
const MAX_HUNG_STARTS = 2;
// A line in a wrong shape costs its binder; a target that goes on like that is not believed any more.
const MAX_WRONG_ANSWERS = 3;
// A few experiments may hang a binder; a target that lets every question pass by is not waited for any longer.
const MAX_SILENCES = 5;

/** A crew whose pairs start when they are needed, and are replaced when they are lost. */
export function createCrew(tools: CrewTools): Crew {
  const { target, timeline } = tools;
  const workers = createWorkers(tools);
  const live = new Set<Pair>([tools.pair]);
  const running = new Set<Promise<void>>();
  const done: Finished[][] = [];
  let failedStarts = 0;
  let hungStarts = 0;
  let wrongAnswers = 0;
  let silences = 0;
  let taken = 0;
  let ended = false;

  const start = (): Pair => {
    const pair = startPair(target);
    live.add(pair);
    return pair;
  };
  const drop = (worker: Worker, pair: Pair): void => {
    pair.end();
    live.delete(pair);
    if (worker.seat.pair === pair) worker.seat.pair = null;
  };
  const carryOut = async (
    worker: Worker,
    tasks: readonly Task[],
    timeoutMs: number,
  ): Promise<Finished[]> => {
    const pair = (worker.seat.pair ??= start());
    const startedAt = performance.now();
    const leave = timeline.begin(tasks.map(kindOf));
    try {
      await greet(pair);
      const trials = tasks.map((task) => prepareTrial(task, tools));
      const results = await perform(trials, {
        pair,
        timeoutMs,
        unreadable: tools.unreadable,
        waiting: timeline.waiting,
      });
      silences = 0;
      const durationMs = tasks.length === 1 ? performance.now() - startedAt : null;
      return tasks.map((task, index) => {
        const [trial, result] = [trials[index], results[index]];
        if (!trial || !result) throw new Error("a trial without a result");
        return { task, outcome: { kind: "tried", result, port: trial.port, durationMs } };
      });
    } catch (error) {
      if (!(error instanceof BinderLost)) throw error;
      // Several batches may lose one pair.
      if (live.has(pair) && error.reason === "binder-babbled") wrongAnswers += 1;
      if (live.has(pair) && error.reason === "binder-hung") silences += 1;
      drop(worker, pair);
      demandHonest(error);
      const { reason, message: detail } = error;
      return tasks.map((task) => ({ task, outcome: { kind: "lost", reason, detail } }));
    } finally {
      leave();
      if (worker.isFresh) drop(worker, pair);
    }
  };
  const demandHonest = (error: BinderLost): void => {
    const problem = target.problem();
    if (ended) return;
    if (problem !== null) throw new TargetProblem(problem, { cause: error });
    if (wrongAnswers >= MAX_WRONG_ANSWERS)
      throw new TargetProblem(
        `its binders answered wrongly ${MAX_WRONG_ANSWERS} times; ${error.message}`,
      );
    if (silences >= MAX_SILENCES)
      throw new TargetProblem(
        `its binders answered nothing ${MAX_SILENCES} times in a row; ${error.message}`,
      );
  };
  const greet = async (pair: Pair): Promise<void> => {
    try {
      await pair.hello;
      failedStarts = 0;
      hungStarts = 0;
    } catch (error) {
      // Many tasks may wait for one pair: its failure is one.
      if (live.delete(pair)) {
        failedStarts += 1;
        if (error instanceof BinderLost && error.reason === "binder-hung") hungStarts += 1;
      }
      const isTooMuch = failedStarts >= MAX_FAILED_STARTS || hungStarts >= MAX_HUNG_STARTS;
      if (isTooMuch && !ended)
        throw new TargetProblem(await startProblem(target, error, () => ended));
      throw error;
    }
  };
  const employ = (worker: Worker, tasks: Task[], timeoutMs: number): void => {
    worker.busy += 1;
    taken += tasks.length;
    const batch: Promise<void> = carryOut(worker, tasks, timeoutMs).then((finished) => {
      worker.busy -= 1;
      running.delete(batch);
      done.push(finished);
    });
    batch.catch(() => undefined); // what waits sees it; for the second of two nothing waits any more
    running.add(batch);
  };

  return {
    async work(take, timeoutMs) {
      for (const [index, worker] of workers.entries()) {
        if (ended || workers.some(({ kind, busy }) => kind === "exclusive" && busy > 0)) break;
        if (worker.kind === "exclusive" && running.size > 0) continue;
        if (isTooEarly(worker, index, taken)) continue;
        while (worker.busy < worker.depth) {
          const tasks = takeBatch(worker, take);
          if (tasks.length === 0) break;
          employ(worker, tasks, timeoutMs);
        }
      }
      if (done.length === 0 && running.size > 0) await Promise.race(running);
      return done.shift() ?? null;
    },
    end() {
      ended = true;
      for (const pair of live) pair.end();
    },
  };
}

function createWorkers({ options, target, pair }: CrewTools): Worker[] {
  const { isolate } = options;
  const jobs = target.hasOnePair ? 1 : options.jobs;
  const worker = (kind: WorkKind, depth: number, batchSize: number, seat: Seat): Worker => ({
    kind,
    depth: isolate ? 1 : depth,
    batchSize: isolate ? 1 : batchSize,
    isFresh: isolate,
    seat,
    busy: 0,
  });
  const empty = (): Seat => ({ pair: null });
  const begun: Seat = { pair };
  const together = target.hasOnePair ? begun : empty();
  const shared = (): Seat => (isolate ? empty() : together);
  return [
    ...Array.from({ length: jobs }, (_, index) =>
      worker("pairs", 3, BATCH_SIZE, index === 0 ? begun : empty()),
    ),
    worker("scenarios", SCENARIOS_AT_ONCE, 1, shared()),
    worker("options", 3, OPTIONS_AT_ONCE, shared()),
    worker("alone", 1, 1, empty()),
    worker("exclusive", 1, 1, shared()), // last: it takes what is left when the others do nothing
  ];
}

/** Fresh pairs are started anyway; lasting ones only when there is enough for them to do. */
function isTooEarly({ kind, isFresh }: Worker, index: number, taken: number): boolean {
  return kind === "pairs" && !isFresh && taken < index * EXPERIMENTS_PER_PAIR;
}

function takeBatch(worker: Worker, take: Take): Task[] {
  const tasks: Task[] = [];
  while (tasks.length < worker.batchSize) {
    const task = take(worker.kind);
    if (!task) break;
    tasks.push(task);
  }
  return tasks;
}

type AnyTrial = Trial | ScenarioTrial | OptionTrial;

function prepareTrial({ experiment }: Task, { offer, nextPort }: CrewTools): AnyTrial {
  const { addresses, implements: system } = offer;
  let drawn: number | null = null;
  const otherPort = (): number => (drawn ??= nextPort());
  const place = { addresses, system, port: nextPort(), otherPort };
  if ("scenario" in experiment) return { experiment, ...place };
  if ("option" in experiment) return { experiment, ...place };
  const hasPeer = experiment.second.state === "connected";
  return { experiment, ...place, peerPort: hasPeer ? nextPort() : null };
}

async function perform(trials: readonly AnyTrial[], binders: Binders): Promise<TrialResult[]> {
  const [first] = trials;
  if (first && isScenarioTrial(first)) return [await performScenario(first, binders)];
  if (first && isOptionTrial(first)) return performOptions(trials.filter(isOptionTrial), binders);
  return performTrials(
    trials.filter((trial): trial is Trial => "peerPort" in trial),
    binders,
  );
}

function isOptionTrial(trial: AnyTrial): trial is OptionTrial {
  return "option" in trial.experiment;
}

function isScenarioTrial(trial: AnyTrial): trial is ScenarioTrial {
  return "scenario" in trial.experiment;
}
