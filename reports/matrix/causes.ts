import { groupBy } from "../../harness/model/group-by.ts";
import { contradictionText } from "../sentences.ts";
import type { Judged } from "./judged.ts";
import { partOf } from "./table-position.ts";
import { WORST_FIRST } from "./worst-first.ts";

/** Claims with one verdict for one reason, over all targets and documents. */
export interface Cause {
  readonly word: Judged["word"];
  /** `expected 10048, observed success`; the reason of a known deviation and of a verdict that is not a decision. */
  readonly text: string;
  readonly count: number;
  readonly targets: readonly { readonly name: string; readonly count: number }[];
  readonly documents: readonly CauseDocument[];
}

/** The claims of one document among those of a cause. */
export interface CauseDocument {
  readonly id: string;
  /** Experiments that differ in target, protocol and family only are one. */
  readonly pairs: readonly { readonly label: string; readonly verdicts: readonly Judged[] }[];
}

/** Why claims did not hold: the worst verdict first, of one verdict the most frequent cause first. */
export function causes(verdicts: readonly Judged[]): Cause[] {
  const found = verdicts.filter(({ word }) => word !== "held");
  const groups = groupBy(found, (verdict) => `${verdict.word}\n${textOf(verdict)}`);
  return [...groups.values()]
    .map(cause)
    .toSorted(
      (a, b) => WORST_FIRST.indexOf(a.word) - WORST_FIRST.indexOf(b.word) || b.count - a.count,
    );
}

function textOf(verdict: Judged): string {
  const { word, detail } = verdict;
  if (word === "known-deviation" && detail !== undefined) return detail;
  const text = causeText(verdict);
  return word === "contradicted" ? text.replace(SHARE, shareWord) : text;
}

// The numbers of a census differ from run to run; which sockets got any do not.
const SHARE = /\b(\d+) to (?=\w)/g;

function shareWord(_share: string, count: string): string {
  return count === "0" ? "none to " : "some to ";
}

function cause(members: readonly Judged[]): Cause {
  const [first] = members as readonly [Judged];
  const targets = groupBy(members, ({ target }) => target);
  const documents = groupBy(members, ({ document }) => document);
  return {
    word: first.word,
    text: textOf(first),
    count: members.length,
    targets: [...targets].map(([name, own]) => ({ name, count: own.length })),
    documents: [...documents].map(([id, own]) => ({
      id,
      pairs: [...groupBy(own, pairLabel)].map(([label, same]) => ({ label, verdicts: same })),
    })),
  };
}

/** What follows the protocol and family in a claim's name. */
export function pairLabel({ experiment, step }: Judged): string {
  const label = experiment.slice(partOf(experiment).length).trimStart();
  return step === undefined ? label : `${label}, step ${step}`;
}

/** Why a claim did not simply hold, in one line. */
export function causeText({ word, reason, detail, expect, observed }: Judged): string {
  if (word === "broken" || word === "skipped") return reason ?? observed;
  if (word === "stale-deviation") return detail ?? observed;
  const text = contradictionText(expect, observed);
  return detail === undefined ? text : `${text}: ${detail}`;
}
