import type { Document } from "../../harness/model/claim.ts";
import { oneLine } from "../legible.ts";
import { citationText, footnote } from "../sentences.ts";
import { cellLines, UNLIKE } from "../matrix/cell.ts";
import { drawTable } from "./draw-table.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { mergeParts, type MergedPart } from "./merge-parts.ts";
import { MARKS } from "../matrix/marks.ts";
import type { Paint } from "./paint.ts";
import { partOf, positionOf } from "../matrix/table-position.ts";
import { arrangeTable } from "./table.ts";
import { wrap } from "./wrap.ts";

/**
 * One document's verdicts on one target: its table for each protocol and family, equal ones drawn once.
 * A document that the stream does not describe is given by its id.
 */
export function documentTables(
  document: Document | string,
  verdicts: readonly Judged[],
  columns: number,
  paint: Paint,
): string {
  const parts = groupBy(verdicts, ({ experiment }) => partOf(experiment));
  const tables = mergeParts(parts).map(
    (merged) => `${paint("heading", merged.heading)}\n\n${body(merged, columns, paint)}`,
  );
  return [
    documentHeading(document, columns, paint),
    ...tables,
    ...legend(document, verdicts, columns),
  ].join("\n\n");
}

function documentHeading(document: Document | string, columns: number, paint: Paint): string {
  if (typeof document === "string") return paint("heading", document);
  const title = wrap(oneLine(citationText(document)), columns, "").split("\n");
  return [
    ...title.map((line) => paint("heading", line)),
    ...(document.url === undefined ? [] : [paint("faint", oneLine(document.url))]),
  ].join("\n");
}

// Scenarios are not in a table, and a table that is too wide for the terminal becomes a list.
function body({ name, verdicts }: MergedPart, columns: number, paint: Paint): string {
  const placed = verdicts.filter(({ experiment }) => positionOf(experiment) !== null);
  const others = verdicts.filter(({ experiment }) => positionOf(experiment) === null);
  const tables = placed.length === 0 ? [] : drawTable(arrangeTable(placed), columns, paint);
  const listed = tables === null ? verdicts : others;
  const list = listed.length === 0 ? [] : [verdictList(listed, name, paint)];
  return [...(tables ?? []), ...list].join("\n\n");
}

function verdictList(verdicts: readonly Judged[], part: string, paint: Paint): string {
  return verdicts
    .map((verdict) => {
      const what = paint(verdict.word, cellLines(verdict).join(" "));
      const step = verdict.step === undefined ? "" : `, step ${verdict.step}`;
      return `${what}: ${verdict.experiment.slice(part.length + 1)}${step}`;
    })
    .join("\n");
}

// What the cells leave unsaid: marks, footnotes, and the names of Winsock's numbers.
function legend(
  document: Document | string,
  verdicts: readonly Judged[],
  columns: number,
): string[] {
  const notes = verdicts.flatMap(({ expect }) => {
    const note = typeof document === "string" ? undefined : footnote(expect, document);
    return note === undefined ? [] : [note.join(" ")];
  });
  const codes = verdicts.flatMap(({ numberAndName }) => numberAndName ?? []);
  const words = new Set(verdicts.map(({ word }) => word));
  const marks = [
    ...(words.has("contradicted")
      ? [`${MARKS.contradicted} observed, ${UNLIKE} what the document says`]
      : []),
    ...(words.has("known-deviation")
      ? [`${MARKS["known-deviation"]} the same, but a known deviation`]
      : []),
  ];
  const lines = [...marks, ...new Set(notes), [...new Set(codes)].toSorted().join(", ")];
  const legible = lines.filter(Boolean).map((line) => wrap(oneLine(line), columns, ""));
  return legible.length === 0 ? [] : [legible.join("\n")];
}
