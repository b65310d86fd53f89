import { stepLabel } from "./experiment-id.ts";
import { QUESTIONS } from "./option-experiment.ts";
import type { ExpectedValue } from "./expected-value.ts";
import type { Experiment } from "./experiment.ts";
import type { CallName, DOCUMENT_KINDS } from "./vocabulary.ts";

/** A published text that states behaviour, or one section of it. */
export interface Document {
  /** Stable short name: `--document`, verdicts and reports use it. */
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** Where it can be read; what somebody measured may be published nowhere. */
  readonly url?: string | undefined;
  /**
   * `documented`: a text says so. `measured`: its author ran it. `derived`: worked out from source code or from other
   * documents, and not run. `control`: certain, shows that a target can be measured.
   */
  readonly kind: (typeof DOCUMENT_KINDS)[number];
  /** One sentence on how far to trust it, such as that the authors have not run it. */
  readonly remark?: string | undefined;
  readonly appliesTo: { readonly platform: string; readonly versions: string };
  /** The case file it was read from, as named on the command line. */
  readonly file: string;
  /** Footnote marks and what they mean, for example `*`. */
  readonly notes: Readonly<Record<string, string>>;
}

/** One outcome that a claim allows. */
export type ExpectedOutcome =
  | { readonly kind: "success" }
  /**
   * Everything went to these sockets, joined by `+`. With `each` something went to every one, with `all` everything to
   * every one.
   */
  | { readonly kind: "delivered"; readonly to: string }
  /** Any refusal. */
  | { readonly kind: "refused" }
  /** What is read: any value, or this one; in any size, or this one. */
  | {
      readonly kind: "value";
      readonly value?: ExpectedValue;
      readonly size?: number;
    }
  | {
      readonly kind: "error";
      readonly step: CallName;
      /** A Winsock number (`10048`) or an errno name (`EADDRINUSE`). */
      readonly code: number | string;
    };

/** Where a claim is written. */
export interface ClaimSource {
  readonly file: string;
  /** Line and column of the cell in the case file, from 1. */
  readonly line: number;
  readonly column: number;
}

/** One cell of a document's table made checkable: for this experiment, the outcome is one of these. */
export interface Claim {
  readonly experiment: Experiment;
  /** As the case file has it, footnote mark included. */
  readonly expect: string;
  readonly allowed: readonly ExpectedOutcome[];
  /** What a socket alone does not have and the claim speaks of, such as `needs a raw socket`: it is never judged. */
  readonly needs?: string;
  readonly document: Document;
  /** In a scenario: the index of the step that it speaks of. */
  readonly step?: number;
  /** What the document says, in our own words, where it is a sentence and no cell. */
  readonly says?: string;
  readonly source: ClaimSource;
}

/** The label of the scenario's step that a claim speaks of; null where it speaks of no step. */
export function claimStepLabel({ experiment, step }: Claim): string | null {
  if (step === undefined) return null;
  if ("option" in experiment) return QUESTIONS[step] ?? null;
  if (!("scenario" in experiment)) return null;
  const spoken = experiment.scenario.steps[step];
  return spoken ? stepLabel(spoken, step) : null;
}
