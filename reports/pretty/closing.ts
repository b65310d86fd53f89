import { countText } from "../../harness/model/count-text.ts";
import type { Counts, SummaryLine } from "../../harness/results/line.ts";
import type { TargetProblem } from "../collected.ts";
import { oneLine } from "../legible.ts";
import { causes } from "../matrix/causes.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { RunFacts } from "../run-facts.ts";
import { countsText, targetText } from "../sentences.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Skipped claims by reason, a reason once for all targets. */
export function skips(
  verdicts: readonly Judged[],
  columns: number,
  verbose: boolean,
  paint: Paint,
): string[] {
  const reasons = causes(verdicts).filter(({ word }) => word === "skipped");
  if (reasons.length === 0) return [];
  const count = reasons.reduce((sum, each) => sum + each.count, 0);
  const shown = verbose ? reasons : reasons.slice(0, MOST_REASONS);
  const more = reasons.length - shown.length;
  return [
    [
      paint("skipped", `${MARKS.skipped} ${countText(count, "claim")} skipped`),
      ...shown.map(({ text, targets }) => {
        const counts = targets.map((each) => `${each.count} on ${each.name}`).join(", ");
        return wrap(`${counts}: ${text}`, columns, "  ");
      }),
      ...(more > 0 ? [`  for ${countText(more, "more reason")} (--verbose)`] : []),
    ].join("\n"),
  ];
}

const MOST_REASONS = 5;

/** How many documents of the selection speak of none of the targets. */
export function notApplicable(summary: SummaryLine | null): string[] {
  const count = summary?.notApplicable.length ?? 0;
  const verb = count === 1 ? "speaks" : "speak";
  return count === 0 ? [] : [`${countText(count, "document")} ${verb} of other systems`];
}

/** Targets that could not start or were lost. */
export function targetProblems(
  problems: readonly TargetProblem[],
  columns: number,
  paint: Paint,
): string[] {
  return problems.map(({ target, problem }) => {
    const title = oneLine(`${MARKS.broken} ${target} could not be measured`);
    return `${paint("broken", title)}\n${wrap(oneLine(problem), columns, "  ")}`;
  });
}

/** What each target is and what came out there. */
export function targetLines(
  counts: ReadonlyMap<string, Partial<Counts>>,
  { targets }: RunFacts,
  columns: number,
  paint: Paint,
): string[] {
  const width = Math.max(0, ...[...counts.keys()].map((target) => target.length));
  const lines = [...counts].map(([target, own]) => {
    const line = targets.get(target);
    const about = line === undefined ? "" : ` (${oneLine(targetText(line))})`;
    const word = worstOf(own);
    const text = wrap(`${countsText(own)}${about}`, columns - width - 4, "");
    const start = `${MARKS[word]} ${target.padEnd(width)}  `;
    return paint(word, start) + text.replaceAll("\n", `\n${" ".repeat(start.length)}`);
  });
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** The word of some counts that says most about them. Known deviations leave a target a good one, as the last line has it. */
export function worstOf(counts: Partial<Counts>): keyof Counts {
  return TELLING_FIRST.find((word) => counts[word]) ?? "held";
}

const TELLING_FIRST = [
  "contradicted",
  "stale-deviation",
  "broken",
  "held",
  "known-deviation",
  "skipped",
] as const;
