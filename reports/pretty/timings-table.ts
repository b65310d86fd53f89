import type { Timings } from "../../harness/results/line.ts";
import { oneLine } from "../legible.ts";
import { secondsText, timingRows } from "../timing-rows.ts";
import { wrap } from "./wrap.ts";

/** Where the time of each target went, a column for each; as many tables as the width takes. */
export function timingsTables(timings: readonly Timings[], width: number): string[] {
  const [first] = timings;
  if (first === undefined) return [];
  const names = timingRows(first).flatMap(({ name, parts }) => [
    name,
    ...parts.map((part) => `  ${part.name}`),
  ]);
  const headings = inOneWidth(["seconds", ...names], (text, own) => text.padEnd(own));
  const columns = timings.map((each) => {
    const times = timingRows(each).flatMap((row) => [row, ...row.parts]);
    const texts = [oneLine(each.target), ...times.map(({ ms }) => secondsText(ms))];
    return inOneWidth(texts, (text, own) => text.padStart(GAP + own));
  });
  const tables = groupsWithin(columns, width - widthOf(headings)).map((own) =>
    headings.map((heading, row) => [heading, ...own.map((column) => column[row])].join("")),
  );
  return [...tables.map((lines) => lines.join("\n")), wrap(NOTE, width, "")];
}

const NOTE =
  "Wall time. Indented: side by side during the experiments; 'only waits' is while all that was under way waited.";

/** Columns in groups, each no wider than this or alone. */
function groupsWithin(columns: readonly Column[], width: number): Column[][] {
  const groups: Column[][] = [];
  let left = 0;
  for (const column of columns) {
    const own = widthOf(column);
    if (own > left) {
      groups.push([]);
      left = width;
    }
    left -= own;
    groups.at(-1)?.push(column);
  }
  return groups;
}

type Column = readonly string[];

const GAP = 2;

function inOneWidth(texts: Column, pad: (text: string, width: number) => string): Column {
  const width = Math.max(...texts.map(({ length }) => length));
  return texts.map((text) => pad(text, width));
}

function widthOf([first = ""]: Column): number {
  return first.length;
}
