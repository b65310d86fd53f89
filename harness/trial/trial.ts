import type { EndpointPair } from "../model/experiment.ts";
import type { BrokenReason, Evidence, Outcome, StepObservation } from "../model/observation.ts";
import type { FamilyAddresses } from "../model/platform.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { AddressFamily } from "../model/vocabulary.ts";
import type { Pair } from "./pair.ts";

/** Two endpoints on ports of their own. */
export interface Trial {
  readonly experiment: EndpointPair;
  readonly addresses: Readonly<Record<AddressFamily, FamilyAddresses>>;
  readonly port: number;
  /**
   * For a control whose second endpoint wants a port of its own, and for what a connected first one connects to. Drawn when it
   * is first asked for, and the same from then on.
   */
  readonly otherPort: () => number;
  /** For what a connected second endpoint connects to; null where it is not. */
  readonly peerPort: number | null;
  /** The system whose numbers its options have. */
  readonly system: string;
}

/** A scenario on ports of its own. */
export type ScenarioTrial = Omit<Trial, "experiment" | "peerPort"> & {
  readonly experiment: Scenario;
};

/** An option on a port of its own. */
export type OptionTrial = Omit<Trial, "experiment" | "peerPort"> & {
  readonly experiment: OptionExperiment;
};

/** The result of a trial: an outcome that counts, or why it cannot count and has to be repeated elsewhere. */
export type TrialResult =
  | {
      readonly counts: true;
      readonly outcome: Outcome;
      readonly evidence: Evidence;
      /** For a scenario. */
      readonly steps?: readonly StepObservation[];
    }
  | { readonly counts: false; readonly reason: BrokenReason; readonly why: string };

/** The binders that carry trials out. */
export interface Binders {
  readonly pair: Pair;
  /** Deadline of one exchange with a binder, in milliseconds. */
  readonly timeoutMs: number;
  /** Options that the target does not tell the value of. */
  readonly unreadable: readonly string[];
  /** Waits for what a scenario does nothing but wait for. */
  readonly waiting: <T>(wait: Promise<T>) => Promise<T>;
}
