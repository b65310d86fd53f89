import type { RunFacts } from "../run-facts.ts";
import type { Judged } from "./judged.ts";
import { partOf, positionOf, type Side } from "./table-position.ts";

/**
 * Sorts verdicts as the documents have them: experiments run several at a time and end in any order, so the order
 * of the stream means nothing. Targets stay in the order in which they started unless another is given.
 */
export function inDocumentOrder<Verdict extends Judged>(
  verdicts: readonly Verdict[],
  facts: RunFacts,
  targetNames: readonly string[] = [...facts.targets.keys()],
): Verdict[] {
  const targets = ranks([...targetNames, ...verdicts.map(({ target }) => target)]);
  const documents = ranks([
    ...(facts.run?.documents ?? []).map(({ id }) => id),
    ...verdicts.map(({ document }) => document),
  ]);
  return verdicts
    .map((verdict) => ({
      verdict,
      target: targets.get(verdict.target) ?? 0,
      document: documents.get(verdict.document) ?? 0,
      part: partOf(verdict.experiment),
      position: positionOf(verdict.experiment),
    }))
    .toSorted(byOrder)
    .map(({ verdict }) => verdict);
}

function ranks(names: readonly string[]): Map<string, number> {
  return new Map([...new Set(names)].map((name, rank) => [name, rank]));
}

interface Ranked {
  readonly verdict: Judged;
  readonly target: number;
  readonly document: number;
  readonly part: string;
  readonly position: ReturnType<typeof positionOf>;
}

function byOrder(a: Ranked, b: Ranked): number {
  const [left, right] = [a.verdict.source, b.verdict.source];
  return (
    a.target - b.target ||
    a.document - b.document ||
    byText(a.part, b.part) ||
    left.line - right.line ||
    left.column - right.column ||
    byHeading(a.position?.first, b.position?.first) ||
    byHeading(a.position?.second, b.position?.second) ||
    byText(a.verdict.experiment, b.verdict.experiment)
  );
}

// One cell may stand for several options; no option comes first, as in the documents.
function byHeading(a: Side | undefined, b: Side | undefined): number {
  const [left, right] = [a?.heading ?? "", b?.heading ?? ""];
  return Number(right === "none") - Number(left === "none") || byText(left, right);
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
