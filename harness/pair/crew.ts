import type { Offer } from "../experiments/requirements.ts";
import type { BrokenReason } from "../observations/observation.ts";
import { TargetProblem } from "../results/target-problem.ts";
import { BinderLost, type BinderCommand } from "./binder-process.ts";
import type { MeasureOptions } from "./measure-options.ts";
import type { OtherAccount } from "./other-account.ts";
import { startPair, type Pair } from "./pair.ts";
import { performTrials, type Trial } from "./perform.ts";
import type { Task, Try } from "./task.ts";

/** What became of a task in a batch. */
export interface Finished {
  readonly task: Task;
  readonly outcome:
    | ({ readonly kind: "tried" } & Try)
    | { readonly kind: "lost"; readonly reason: BrokenReason; readonly detail: string };
}

/** Pairs of binders and what they are busy with. */
export interface Crew {
  /** Gives every free pair a batch and waits for the first that comes back; null when there is nothing left to do. */
  work(take: (isAlone: boolean) => Task | null): Promise<Finished[] | null>;
  end(): void;
}

/** What a crew works with. */
export interface CrewTools {
  readonly command: BinderCommand;
  readonly offer: Offer;
  readonly options: MeasureOptions;
  readonly nextPort: () => number;
  readonly otherAccount: OtherAccount | null;
  /** A pair that is already up, to begin with. */
  readonly pair: Pair;
}

interface Worker {
  /** Batches at once: with two, the first binder works on one while the second works on the other. */
  readonly depth: number;
  readonly batchSize: number;
  /** Takes the tasks that go on alone, one at a time. */
  readonly isForAlone: boolean;
  /** A fresh pair for every batch. */
  readonly isFresh: boolean;
  pair: Pair | null;
  busy: number;
}

// Past about 32 experiments a message, the cost of the message is lost among that of the calls.
const BATCH_SIZE = 32;
// Starting a pair takes about as long as measuring this many experiments: no further pair before they are there.
const EXPERIMENTS_PER_PAIR = 500;
// A pair that does not come up may be chance; three in a row are the target's fault.
const MAX_FAILED_STARTS = 3;

/** A crew whose pairs start when they are needed, and are replaced when they are lost. */
export function createCrew(tools: CrewTools): Crew {
  const { command, options } = tools;
  const shape = options.isolate
    ? { depth: 1, batchSize: 1, isFresh: true }
    : { depth: 2, batchSize: BATCH_SIZE, isFresh: false };
  const workers: Worker[] = Array.from({ length: options.jobs }, (_, index) => ({
    ...shape,
    isForAlone: false,
    pair: index === 0 ? tools.pair : null,
    busy: 0,
  }));
  workers.push({ depth: 1, batchSize: 1, isFresh: false, isForAlone: true, pair: null, busy: 0 });
  const live = new Set<Pair>([tools.pair]);
  const running = new Set<Promise<void>>();
  const done: Finished[][] = [];
  let failedStarts = 0;
  let taken = 0;
  let ended = false;

  const start = (): Pair => {
    const pair = startPair(command);
    live.add(pair);
    return pair;
  };
  const drop = (worker: Worker, pair: Pair): void => {
    pair.end();
    live.delete(pair);
    if (worker.pair === pair) worker.pair = null;
  };
  const carryOut = async (worker: Worker, tasks: readonly Task[]): Promise<Finished[]> => {
    const pair = (worker.pair ??= start());
    const startedAt = performance.now();
    try {
      await greet(pair);
      const trials = tasks.map((task) => prepareTrial(task, tools));
      const results = await performTrials(trials, {
        pair,
        options: tools.offer.options,
        timeoutMs: options.timeoutMs,
        otherAccount: tools.otherAccount,
      });
      const durationMs = (performance.now() - startedAt) / tasks.length;
      return tasks.map((task, index) => {
        const [trial, result] = [trials[index], results[index]];
        if (!trial || !result) throw new Error("a trial without a result");
        return { task, outcome: { kind: "tried", result, port: trial.port, durationMs } };
      });
    } catch (error) {
      if (!(error instanceof BinderLost)) throw error;
      drop(worker, pair);
      const { reason, message: detail } = error;
      return tasks.map((task) => ({ task, outcome: { kind: "lost", reason, detail } }));
    } finally {
      if (worker.isFresh) drop(worker, pair);
    }
  };
  const greet = async (pair: Pair): Promise<void> => {
    try {
      await pair.hello;
      failedStarts = 0;
    } catch (error) {
      failedStarts += 1;
      if (failedStarts >= MAX_FAILED_STARTS && !ended)
        throw new TargetProblem(`no binder can be started: ${(error as Error).message}`);
      throw error;
    }
  };
  const employ = (worker: Worker, tasks: Task[]): void => {
    worker.busy += 1;
    taken += tasks.length;
    const batch: Promise<void> = carryOut(worker, tasks).then((finished) => {
      worker.busy -= 1;
      running.delete(batch);
      done.push(finished);
    });
    running.add(batch);
  };

  return {
    async work(take) {
      for (const [index, worker] of workers.entries()) {
        if (ended) break;
        if (!worker.isForAlone && taken < index * EXPERIMENTS_PER_PAIR) continue;
        while (worker.busy < worker.depth) {
          const tasks = takeBatch(worker, take);
          if (tasks.length === 0) break;
          employ(worker, tasks);
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

function takeBatch(worker: Worker, take: (isAlone: boolean) => Task | null): Task[] {
  const tasks: Task[] = [];
  while (tasks.length < worker.batchSize) {
    const task = take(worker.isForAlone);
    if (!task) break;
    tasks.push(task);
  }
  return tasks;
}

function prepareTrial(task: Task, { offer, nextPort }: CrewTools): Trial {
  const { experiment } = task;
  return { experiment, addresses: offer.addresses, port: nextPort(), otherPort: nextPort() };
}
