import type { Need } from "../experiments/requirements.ts";

/** How the engine is to measure; the same on every target. */
export interface MeasureOptions {
  /** Most pairs of binders at once. */
  readonly jobs: number;
  /** Fresh binders for every experiment. */
  readonly isolate: boolean;
  /** How often a doubtful observation is repeated on fresh ports. */
  readonly confirm: number;
  /** Deadline of one exchange with a binder, in milliseconds. */
  readonly timeoutMs: number;
  /** Ports to use, both ends included; null for those outside the system's ephemeral and excluded ranges. */
  readonly ports: readonly [from: number, to: number] | null;
  /** What the target must have for the run to begin there. */
  readonly require?: readonly Need[];
}
