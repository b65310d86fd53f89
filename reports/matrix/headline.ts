import { countText } from "../sentences.ts";
import type { Judged } from "./judged.ts";

/** The run in one line: `44 of 514 claims contradicted on wine; uml could not be measured`. */
export function headline(
  verdicts: readonly Judged[],
  problems: readonly { readonly target: string }[] = [],
): string {
  const lost = new Set(problems.map(({ target }) => target));
  const unmeasured = lost.size === 0 ? [] : [`${names(lost)} could not be measured`];
  return [judgedText(verdicts), ...unmeasured].join("; ");
}

function judgedText(verdicts: readonly Judged[]): string {
  if (verdicts.length === 0) return "No claims were judged";
  const bad = TROUBLE.flatMap(([word, what]) => {
    const found = verdicts.filter((verdict) => verdict.word === word);
    if (found.length === 0) return [];
    const targets = new Set(found.map(({ target }) => target));
    return [
      `${found.length} of ${countText(verdicts.length, "claim")} ${what} on ${names(targets)}`,
    ];
  });
  return bad.length > 0 ? bad.join("; ") : goodNews(verdicts);
}

// In the order in which they matter. Some words come only with a file of known deviations.
const TROUBLE: readonly (readonly [word: string, what: string])[] = [
  ["contradicted", "contradicted"],
  ["stale-deviation", "known as deviations that no longer occur"],
  ["broken", "could not be decided"],
];

function goodNews(verdicts: readonly Judged[]): string {
  const held = verdicts.filter(({ word }) => word === "held").length;
  const skipped = verdicts.filter(({ word }) => word === "skipped").length;
  const known = verdicts.length - held - skipped;
  if (held + known === 0) return `${countText(skipped, "claim")} skipped, nothing was judged`;
  return [
    held === verdicts.length ? `All ${countText(held, "claim")} held` : `${held} held`,
    ...(known > 0 ? [countText(known, "known deviation")] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ].join(", ");
}

function names(targets: ReadonlySet<string>): string {
  return targets.size <= FEW ? [...targets].join(", ") : countText(targets.size, "target");
}

const FEW = 3;
