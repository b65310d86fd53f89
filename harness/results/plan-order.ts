import type { Document } from "../model/claim.ts";
import type { ObservationLine, VerdictLine } from "./line.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { groupBy } from "../model/group-by.ts";

/**
 * Observations of one target, each with its verdicts behind it, in the order in which the documents first speak of
 * their experiments. It does not depend on the order in which they were measured or handed over.
 */
export function inPlanOrder(
  observations: readonly ObservationLine[],
  verdicts: readonly VerdictLine[],
  documents: readonly Document[],
): (ObservationLine | VerdictLine)[] {
  const ranks = new Map(documents.map(({ id }, rank) => [id, rank]));
  const byClaim = (a: VerdictLine, b: VerdictLine): number =>
    (ranks.get(a.document) ?? ranks.size) - (ranks.get(b.document) ?? ranks.size) ||
    a.claim.source.line - b.claim.source.line ||
    a.claim.source.column - b.claim.source.column ||
    byText(a.experiment, b.experiment) ||
    byText(a.claim.step ?? "", b.claim.step ?? "");
  const observed = new Map(observations.map((line) => [line.experiment.id, line]));
  const judged = groupBy(verdicts.toSorted(byClaim), ({ experiment }) => experiment);
  const unjudged = [...observed.keys()].filter((id) => !judged.has(id)).toSorted(byText);
  return [...judged.keys(), ...unjudged].flatMap((id) => {
    const observation = observed.get(id);
    return [...(observation ? [observation] : []), ...(judged.get(id) ?? [])];
  });
}

/** Every document of some runs once, where the first that has it has it. */
export function documentsOf(runs: readonly RecordedRun[]): Document[] {
  const documents: Document[] = [];
  const known = new Set<string>();
  for (const { run } of runs) {
    let next = 0;
    for (const document of run.documents) {
      if (known.has(document.id)) next = documents.findIndex(({ id }) => id === document.id) + 1;
      else {
        documents.splice(next, 0, document);
        known.add(document.id);
        next += 1;
      }
    }
  }
  return documents;
}

/** By code point, the same on every machine. */
export function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
