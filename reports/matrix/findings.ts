import { causeText } from "./cause-text.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "./judged.ts";
import { partOf } from "./table-position.ts";

/** Claims of one document that came out in the same way on one target, for the same reason. */
export interface Finding {
  readonly target: string;
  readonly document: string;
  readonly word: Judged["word"];
  /** `expected 10048, observed success`, or the reason of a verdict that is no decision. */
  readonly cause: string;
  readonly count: number;
  /** Experiments that differ in protocol and family only are one. */
  readonly pairs: readonly FindingPair[];
}

/** An experiment without its protocol and family, and in which of those it was found. */
export interface FindingPair {
  readonly label: string;
  readonly verdicts: readonly Judged[];
}

/** What did not simply hold, worst first; verdicts come in the document's order. */
export function findings(verdicts: readonly Judged[]): Finding[] {
  const found = verdicts.filter(({ word }) => word !== "held");
  const groups = groupBy(found, (verdict) =>
    [verdict.word, verdict.target, verdict.document, causeText(verdict)].join("\n"),
  );
  return [...groups.values()].map(finding).toSorted((a, b) => rank(a) - rank(b));
}

/** What follows the protocol and family in a claim's name. */
export function pairLabel({ experiment, step }: Judged): string {
  const label = experiment.slice(partOf(experiment).length).trimStart();
  return step === undefined ? label : `${label}, step ${step}`;
}

function finding(members: readonly Judged[]): Finding {
  const [first] = members as readonly [Judged];
  const pairs = groupBy(members, pairLabel);
  return {
    target: first.target,
    document: first.document,
    word: first.word,
    cause: causeText(first),
    count: members.length,
    pairs: [...pairs].map(([label, own]) => ({ label, verdicts: own })),
  };
}

function rank({ word }: Finding): number {
  return ORDER.indexOf(word);
}

const ORDER: readonly string[] = [
  "contradicted",
  "stale-deviation",
  "broken",
  "known-deviation",
  "skipped",
];
