import type { Counts, SummaryLine } from "../results/line.ts";
import { VERDICT_WORDS, type VerdictWord } from "../model/verdict.ts";

/** Counts verdicts per target and document. */
export interface Tally {
  add(target: string, document: string, word: VerdictWord, reason?: string): void;
  /** Over everything. */
  readonly total: Counts;
  /** Verdicts that were skipped because the document does not speak of the target. */
  readonly notApplicable: number;
  readonly perDocument: SummaryLine["counts"];
}

export function createTally(): Tally {
  const counts = new Map<
    string,
    { target: string; document: string; counts: Record<VerdictWord, number> }
  >();
  const total = noCounts();
  let notApplicable = 0;
  return {
    add(target, document, word, reason) {
      const key = `${target}\n${document}`;
      const entry = counts.get(key) ?? { target, document, counts: noCounts() };
      counts.set(key, entry);
      entry.counts[word] += 1;
      total[word] += 1;
      if (reason === "not-applicable") notApplicable += 1;
    },
    total,
    get notApplicable() {
      return notApplicable;
    },
    get perDocument() {
      return [...counts.values()];
    },
  };
}

function noCounts(): Record<VerdictWord, number> {
  return Object.fromEntries(VERDICT_WORDS.map((word) => [word, 0])) as Record<VerdictWord, number>;
}
