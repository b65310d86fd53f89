import { cellLines } from "../matrix/cell.ts";
import { pairLabel } from "../matrix/causes.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { partOf } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText, sourceText } from "../sentences.ts";
import { code, link, plain } from "./escape.ts";

/** For each document the experiments that came out differently somewhere, a column for each target. */
export function differenceTables(verdicts: readonly Judged[], facts: RunFacts): string[] {
  return [...groupBy(verdicts, ({ document }) => document)].flatMap(([id, own]) => {
    const pairs = [...groupBy(own, pairLabel)].filter(([, same]) => same.some(isDifference));
    if (pairs.length === 0) return [];
    const document = facts.document(id);
    const targets = [...new Set(own.map(({ target }) => target))];
    return [
      "",
      `### ${document === undefined ? plain(id) : link(citationText(document), document.url)}`,
      "",
      `| first > second | ${targets.map(plain).join(" | ")} | case |`,
      `| --- | ${targets.map(() => "---").join(" | ")} | --- |`,
      ...pairs.map(([label, same]) => pairRow(label, same, targets)),
    ];
  });
}

function isDifference({ word }: Judged): boolean {
  return DIFFERENCES.includes(word);
}

const DIFFERENCES: readonly string[] = ["contradicted", "stale-deviation", "known-deviation"];

function pairRow(label: string, same: readonly Judged[], targets: readonly string[]): string {
  const cells = targets.map((target) => cell(same.filter((verdict) => verdict.target === target)));
  const places = new Set(same.filter(isDifference).map(({ source }) => sourceText(source)));
  const cases = [...places].map(code).join(", ");
  return `| ${code(label)} | ${cells.join(" | ")} | ${cases} |`;
}

// Protocols and families are named where the outcome is not the same in all of them.
function cell(verdicts: readonly Judged[]): string {
  const outcomes = groupBy(verdicts, (verdict) => cellLines(verdict).join(" "));
  return [...outcomes]
    .map(([text, own]) => {
      const parts = own.map(({ experiment }) => partOf(experiment));
      return outcomes.size === 1 ? plain(text) : `${plain(text)} (${plain(parts.join(", "))})`;
    })
    .join("<br>");
}
