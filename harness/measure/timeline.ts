import type { Timings } from "../results/line.ts";

/** What is done with a target, one after the other. */
type Phase = keyof Timings["phases"];
/** What is under way while experiments are, side by side: those of two endpoints, scenarios, options. */
export type ExperimentKind = Exclude<keyof Timings["work"], "waits" | "report">;

/** Where the time of one target goes. */
export interface Timeline {
  /** One phase ends and another begins; null: for now nothing is done with the target. */
  enter(phase: Phase | null): void;
  /** Experiments, each of its kind, are under way until the function that this gives is called. */
  begin(kinds: readonly ExperimentKind[]): () => void;
  /** A scenario that is under way does nothing but wait for this. */
  waiting<T>(wait: Promise<T>): Promise<T>;
  /** Does what hands results to the reports. */
  report(act: () => void): void;
  /** In whole milliseconds; null while nothing has begun. */
  timings(): Omit<Timings, "target"> | null;
}

/** A timeline that is empty. `now` is a clock in milliseconds. */
export function createTimeline(now: () => number = () => performance.now()): Timeline {
  const phases = { prepare: 0, start: 0, controls: 0, experiments: 0, end: 0 };
  const work = { pairs: 0, scenarios: 0, options: 0, waits: 0, report: 0 };
  const underWay = { pairs: 0, scenarios: 0, options: 0 };
  let waits = 0;
  let isReporting = false;
  let phase: Phase | null = null;
  let hasBegun = false;
  let since = now();

  /** Books the time since the last change; each change comes after. */
  const book = (): void => {
    const at = now();
    const passed = at - since;
    since = at;
    if (phase !== null) phases[phase] += passed;
    if (phase !== "experiments") return;
    const { pairs, scenarios, options } = underWay;
    if (pairs > 0) work.pairs += passed;
    if (scenarios > 0) work.scenarios += passed;
    if (options > 0) work.options += passed;
    if (isReporting) work.report += passed;
    else if (waits > 0 && waits === pairs + scenarios + options) work.waits += passed;
  };
  return {
    enter(next) {
      book();
      phase = next;
      hasBegun = true;
    },
    begin(kinds) {
      book();
      for (const kind of kinds) underWay[kind] += 1;
      return () => {
        book();
        for (const kind of kinds) underWay[kind] -= 1;
      };
    },
    async waiting(wait) {
      book();
      waits += 1;
      try {
        return await wait;
      } finally {
        book();
        waits -= 1;
      }
    },
    report(act) {
      book();
      isReporting = true;
      try {
        act();
      } finally {
        book();
        isReporting = false;
      }
    },
    timings() {
      if (!hasBegun) return null;
      book();
      return { phases: rounded(phases), work: rounded(work) };
    },
  };
}

function rounded<Times extends Readonly<Record<string, number>>>(times: Times): Times {
  const entries = Object.entries(times).map(([name, ms]) => [name, Math.round(ms)]);
  return Object.fromEntries(entries) as Times;
}
