import { countText } from "../../harness/model/count-text.ts";
import type { Counts } from "../../harness/results/line.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { countWords } from "./count-words.ts";
import type { Judged } from "./judged.ts";

/** The run in one line: `44 of 514 claims contradicted on wine; uml could not be measured`. */
export function headline(
  verdicts: readonly Judged[],
  problems: readonly { readonly target: string }[] = [],
): string {
  const counts = [...groupBy(verdicts, ({ target }) => target)].map(
    ([target, own]) => [target, countWords(own)] as const,
  );
  return headlineOf(new Map(counts), problems);
}

/** The same of the counts of each target. */
export function headlineOf(
  counts: ReadonlyMap<string, Partial<Counts>>,
  problems: readonly { readonly target: string }[] = [],
): string {
  const lost = new Set(problems.map(({ target }) => target));
  const unmeasured = lost.size === 0 ? [] : [`${names(lost)} could not be measured`];
  return [judgedText(counts), ...unmeasured].join("; ");
}

function judgedText(counts: ReadonlyMap<string, Partial<Counts>>): string {
  const total = addUp(counts.values());
  const all = Object.values(total).reduce((sum, count) => sum + count, 0);
  if (all === 0) return "No claims were judged";
  const bad = TROUBLE.flatMap(([word, what]) => {
    const targets = [...counts].flatMap(([target, own]) => (own[word] ? [target] : []));
    if (targets.length === 0) return [];
    return [`${total[word]} of ${countText(all, "claim")} ${what} on ${names(new Set(targets))}`];
  });
  return bad.length > 0 ? bad.join("; ") : goodNews(total, all);
}

/** Counts of several targets in one. */
export function addUp(counts: Iterable<Partial<Counts>>): Partial<Counts> {
  const total: Partial<Record<keyof Counts, number>> = {};
  for (const own of counts)
    for (const [word, count] of Object.entries(own) as [keyof Counts, number][])
      total[word] = (total[word] ?? 0) + count;
  return total;
}

// In the order in which they matter. Some words come only with a file of known deviations.
const TROUBLE: readonly (readonly [word: keyof Counts, what: string])[] = [
  ["contradicted", "contradicted"],
  ["stale-deviation", "known as deviations that no longer occur"],
  ["broken", "could not be decided"],
];

function goodNews({ held = 0, skipped = 0 }: Partial<Counts>, all: number): string {
  const known = all - held - skipped;
  if (held + known === 0) return `${countText(skipped, "claim")} skipped, nothing was judged`;
  return [
    held === all ? allHeld(all) : `${held} held`,
    ...(known > 0 ? [countText(known, "known deviation")] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(", ");
}

function allHeld(all: number): string {
  return all === 1 ? "The claim held" : `All ${all} claims held`;
}

function names(targets: ReadonlySet<string>): string {
  return targets.size <= FEW ? [...targets].join(", ") : countText(targets.size, "target");
}

const FEW = 3;
