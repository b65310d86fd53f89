import type { ClaimSource } from "../../harness/model/claim.ts";
import type { Outcome } from "../../harness/model/observation.ts";
import type { VerdictLine } from "../../harness/results/line.ts";
import type { VerdictWord } from "../../harness/model/verdict.ts";
import { callOfQuestion } from "../../harness/cases/option-outcome.ts";
import { oneLine } from "../legible.ts";
import type { RunFacts } from "../run-facts.ts";
import { observedText, reasonText, sharesText } from "../sentences.ts";

/** What tables and lists show of one verdict: a few short strings, kept until the run has ended. */
export interface Judged {
  readonly target: string;
  readonly document: string;
  readonly experiment: string;
  /** The step of a scenario that the claim is about. */
  readonly step?: string;
  readonly word: VerdictWord;
  readonly expect: string;
  /** What the document says, where that is a sentence and no cell. */
  readonly says?: string;
  /** The lines of a cell: `success`, `10048`. */
  readonly shortly: readonly string[];
  /** `10048 WSAEADDRINUSE`, where the cell has the number only. */
  readonly numberAndName?: string;
  /** For a list. */
  readonly observed: string;
  /** Reason code and detail of a verdict that is not a decision. */
  readonly reason?: string;
  /** Why a deviation is known. */
  readonly detail?: string;
  /** The deviation is known because it came with bindcheck. */
  readonly shipped?: true;
  readonly source: ClaimSource;
}

/** The parts of a verdict and its observation that are shown. */
export function judged(verdict: VerdictLine, facts: RunFacts): Judged {
  const outcome = facts.outcome(verdict);
  return {
    target: oneLine(verdict.target),
    document: oneLine(verdict.document),
    experiment: oneLine(verdict.experiment),
    ...(verdict.claim.step === undefined ? {} : { step: oneLine(verdict.claim.step) }),
    ...(verdict.claim.says === undefined ? {} : { says: oneLine(verdict.claim.says) }),
    word: verdict.verdict,
    expect: oneLine(verdict.claim.expect),
    shortly: outcome === undefined ? [] : shortOutcome(outcome, verdict.claim),
    ...numberAndName(outcome),
    observed: oneLine(observedText(outcome)),
    ...(verdict.reason === undefined ? {} : { reason: oneLine(reasonText(verdict)) }),
    ...(verdict.detail === undefined ? {} : { detail: oneLine(deviationText(verdict)) }),
    ...(verdict.shipped && { shipped: true }),
    source: verdict.claim.source,
  };
}

function deviationText({ detail = "", shipped }: VerdictLine): string {
  return shipped ? `shipped with bindcheck: ${detail}` : detail;
}

// Documents about Winsock speak of numbers, the others of names.
function shortOutcome(outcome: Outcome, { step = "", expect }: VerdictLine["claim"]): string[] {
  if (outcome.kind === "delivered") return [oneLine(sharesText(outcome.shares))];
  if (outcome.kind === "value")
    return [oneLine(outcome.value), ...(/\bsize /.test(expect) ? [`size ${outcome.size}`] : [])];
  if (outcome.kind !== "error") return [outcome.kind];
  const code = isWinsock(outcome) ? String(outcome.errno) : oneLine(outcome.code);
  return outcome.step === (callOfQuestion(step) ?? "bind") ? [code] : [code, `at ${outcome.step}`];
}

function numberAndName(outcome: Outcome | undefined): Pick<Judged, "numberAndName"> {
  if (outcome?.kind !== "error" || !isWinsock(outcome)) return {};
  return { numberAndName: `${outcome.errno} ${oneLine(outcome.code)}` };
}

function isWinsock({ code }: { readonly code: string }): boolean {
  return code.startsWith("WSA");
}
