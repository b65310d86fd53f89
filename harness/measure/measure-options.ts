import { availableParallelism } from "node:os";
import type { Need } from "../experiments/requirements.ts";

/** How the engine is to measure; the same on every target. */
export interface MeasureOptions {
  /** Most pairs of binders at once. */
  readonly jobs: number;
  /** Fresh binders for every experiment. */
  readonly isolate: boolean;
  /** How often a doubtful observation is repeated on fresh ports. */
  readonly confirm: number;
  /** Deadline of one exchange with a binder, in milliseconds; longer where binders start slowly. */
  readonly timeoutMs: number;
  /** Ports to use, both ends included; null for those outside the system's ephemeral and excluded ranges. */
  readonly ports: readonly [from: number, to: number] | null;
  /** What the target must have for the run to begin there. */
  readonly require?: readonly Need[];
}

/** Smallest and largest value of each number that a user can choose. */
export const MEASURE_LIMITS = {
  jobs: [1, 256],
  confirm: [0, 100],
  timeoutMs: [1, 3_600_000],
} as const satisfies Partial<Record<keyof MeasureOptions, readonly [number, number]>>;

/** For a run; an exploration repeats everything and so needs fewer. */
export const DEFAULT_CONFIRM = 2;

/** In milliseconds. */
export const DEFAULT_TIMEOUT_MS = 5000;

/** The options, with defaults for what is left open. */
export function measureOptions(given: Partial<MeasureOptions>): MeasureOptions {
  return {
    // A pair of binders keeps two processors busy.
    jobs: Math.max(1, Math.floor(availableParallelism() / 2)),
    isolate: false,
    confirm: DEFAULT_CONFIRM,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    ports: null,
    ...given,
  };
}
