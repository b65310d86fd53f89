import type { SummaryLine } from "../../harness/results/line.ts";
import { oneLine } from "../legible.ts";
import { countsText, countText } from "../sentences.ts";
import { countWords } from "../matrix/count-words.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Skipped claims by reason. */
export function skips(verdicts: readonly Judged[], columns: number, paint: Paint): string[] {
  const found = verdicts.filter(({ word }) => word === "skipped");
  if (found.length === 0) return [];
  const reasons = groupBy(
    found,
    ({ target, reason }) => `on ${target}: ${reason ?? "no reason given"}`,
  );
  return [
    paint("skipped", `${MARKS.skipped} ${countText(found.length, "claim")} skipped`),
    [...reasons]
      .map(([reason, same]) => wrap(`${same.length} ${reason}`, columns, "  "))
      .join("\n"),
  ];
}

/** Documents of the selection that speak of none of the targets. */
export function notApplicable(summary: SummaryLine | null, columns: number): string[] {
  const documents = summary?.notApplicable ?? [];
  if (documents.length === 0) return [];
  const title = `${countText(documents.length, "document")} not applicable to any target here: `;
  return [wrap(oneLine(title + documents.join(", ")), columns, "")];
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

/** The part of a target-problem line that is shown. */
export interface TargetProblem {
  readonly target: string;
  readonly problem: string;
}

/** Last lines: counts per target, and how long it all took. */
export function totals(
  verdicts: readonly Judged[],
  observations: number,
  summary: SummaryLine | null,
): string {
  const targets = groupBy(verdicts, ({ target }) => target);
  const width = Math.max(...[...targets.keys()].map((target) => target.length));
  const time = summary === null ? "" : ` in ${(summary.wallMs / 1000).toFixed(1)} s`;
  return [
    ...[...targets].map(
      ([target, own]) => `${target.padEnd(width)}  ${countsText(countWords(own))}`,
    ),
    `${countText(observations, "experiment")} observed${time}`,
  ].join("\n");
}
