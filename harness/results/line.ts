import type { ClaimSource, Document } from "../model/claim.ts";
import type { Family } from "../model/experiment.ts";
import type { Observation } from "../model/observation.ts";
import type { FamilyAddresses, Platform } from "../model/platform.ts";
import type { Selection } from "../model/selection.ts";
import type { Verdict, VerdictWord } from "../model/verdict.ts";

/** Version of the result stream; readers refuse any other. */
export const RESULT_VERSION = 1;

/** First line: what was asked. */
export interface RunLine {
  readonly type: "run";
  readonly version: typeof RESULT_VERSION;
  readonly harness: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** When it went on after having been cut off, each time; ISO 8601. */
  readonly resumedAt?: readonly string[];
  readonly arguments: readonly string[];
  readonly selection: Selection;
  /** Every document that the selection holds, so that the stream can be read on its own. */
  readonly documents: readonly Document[];
}

/** Precisely what was measured. */
export interface TargetLine {
  readonly type: "target";
  readonly target: string;
  readonly platform: Platform;
  readonly os: {
    readonly name: string;
    readonly version: string;
    readonly build: string;
    readonly kernel: string;
  };
  readonly runtime: Readonly<Record<string, string>>;
  readonly addresses: Readonly<Record<Family, FamilyAddresses>>;
  /** Outcome of each control by experiment id: `held`, or what went wrong. */
  readonly controls: Readonly<Record<string, string>>;
}

/** A target that could not start, or was lost in the middle; what it had observed stays. */
export interface TargetProblemLine {
  readonly type: "target-problem";
  readonly target: string;
  /** One sentence that says what to do. */
  readonly problem: string;
}

/** What a target did in one experiment. */
export interface ObservationLine extends Observation {
  readonly type: "observation";
  readonly target: string;
}

/** One claim held against one observation. */
export interface VerdictLine {
  readonly type: "verdict";
  readonly target: string;
  /** Id of the experiment. */
  readonly experiment: string;
  /** Id of the document. */
  readonly document: string;
  /** `step` is the label of the scenario's step that the claim speaks of. */
  readonly claim: {
    readonly expect: string;
    readonly source: ClaimSource;
    readonly step?: string;
    /** What the document says, in our own words, where the claim is a sentence and no cell. */
    readonly says?: string;
  };
  readonly verdict: VerdictWord;
  readonly reason?: Verdict["reason"];
  readonly detail?: string;
  /** A known deviation that came with this package; absent for one of the caller's. */
  readonly shipped?: true;
}

/** Verdict counts by word. */
export type Counts = Readonly<Record<VerdictWord, number>>;

/** Last line; absent when the run was cut off. */
export interface SummaryLine {
  readonly type: "summary";
  readonly counts: readonly {
    readonly target: string;
    readonly document: string;
    readonly counts: Counts;
  }[];
  readonly observations: number;
  /** Documents of the selection that speak of none of the targets. */
  readonly notApplicable: readonly string[];
  readonly brokenTargets: readonly string[];
  /** Wall time of the run in milliseconds. */
  readonly wallMs: number;
}

/** One line of the result stream. */
export type Line =
  | RunLine
  | TargetLine
  | TargetProblemLine
  | ObservationLine
  | VerdictLine
  | SummaryLine;
