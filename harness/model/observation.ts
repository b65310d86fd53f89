import type { Experiment } from "./experiment.ts";
import type { CallName } from "./vocabulary.ts";

/** Why an experiment could not be done on a target; a property of the target, not a fault. */
export type SkipReason =
  | "no-ipv6"
  | "needs-second-ipv4-address"
  | "needs-second-ipv6-address"
  | "option-not-on-platform"
  | "needs-privilege"
  | "needs-address"
  | "not-askable"
  | "undetermined"
  | "not-applicable";

/** Why the harness could not decide. */
export type BrokenReason =
  | "binder-died"
  | "binder-hung"
  | "binder-babbled"
  | "binder-problem"
  | "control-failed"
  | "error-without-code"
  | "first-bind-refused"
  | "option-did-not-stick"
  | "out-of-resources"
  | "address-did-not-stick"
  | "port-held-by-another"
  | "not-measured"
  | "setup-failed"
  | "unstable";

/** What the second endpoint met. `step` is where it stopped; `code` and `errno` are as the system gave them. */
export type Outcome =
  | { readonly kind: "success" }
  /** For a census: how many datagrams or connections each socket got. */
  | {
      readonly kind: "delivered";
      readonly sent: number;
      readonly shares: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: "error";
      readonly step: CallName;
      /** Symbolic name, such as `EADDRINUSE` or `WSAEADDRINUSE`. */
      readonly code: string;
      /** The number as the system gave it: errno, or WSAGetLastError. */
      readonly errno: number;
    }
  /** For a step that reads something: what it read, and in how many bytes. */
  | { readonly kind: "value"; readonly value: string; readonly size: number }
  | { readonly kind: "skipped"; readonly reason: SkipReason; readonly detail: string }
  | { readonly kind: "broken"; readonly reason: BrokenReason; readonly detail: string }
  | { readonly kind: "unstable"; readonly outcomes: readonly Outcome[] };

/** One endpoint as it really was. */
export interface EndpointEvidence {
  /** Each option's value as getsockopt read it back before bind. */
  readonly options: Readonly<Record<string, number>>;
  /** `address:port` as getsockname read it back; absent when bind was refused. */
  readonly name?: string;
}

/** What was in force, not what was asked. */
export interface Evidence {
  readonly first?: EndpointEvidence;
  readonly second?: EndpointEvidence;
  /** After a refusal the first socket was closed and the second bind tried again: what that gave. */
  readonly afterFirstClosed?: string;
  /** Earlier tries of this experiment that could not count, with why. */
  readonly discarded?: readonly string[];
}

/** What one observed step of a scenario resulted in. */
export interface StepObservation {
  /** Index among the scenario's steps. */
  readonly step: number;
  /** `5 second open`: number from 1, who, what. */
  readonly label: string;
  readonly outcome: Outcome;
}

/** What a target did in one experiment. */
export interface Observation {
  readonly experiment: Experiment;
  /** For a scenario: that of its last observed step. */
  readonly outcome: Outcome;
  /** For a scenario: every observed step. */
  readonly steps?: readonly StepObservation[];
  /** How often the experiment was carried out to the end, confirmations included. */
  readonly attempts: number;
  /** Wall time of the last attempt, in milliseconds; null when it shared its messages with others. */
  readonly durationMs: number | null;
  /** Port of the last attempt; null when nothing was bound. */
  readonly port: number | null;
  readonly evidence: Evidence;
}
