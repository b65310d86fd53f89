import CliTable from "cli-table3";
import { cellLines } from "../matrix/cell.ts";
import type { Paint } from "./paint.ts";
import type { Side } from "../matrix/table-position.ts";
import type { Group, Table } from "./table.ts";

/**
 * Draws a table within the given width. One that is too wide becomes several, cut between groups of columns;
 * null when even that does not make it readable.
 */
export function drawTable(table: Table, width: number, paint: Paint): string[] | null {
  const whole = [PADDING, TIGHT]
    .map((padding) => measure(table, table.columns, padding))
    .find((layout) => layout.total <= width);
  if (whole !== undefined) return [draw(table, whole, paint)];

  const pieces: Layout[] = [];
  for (const group of table.columns) {
    const last = pieces.at(-1);
    const joined = measure(table, [...(last?.columns ?? []), group], PADDING);
    if (last !== undefined && joined.total <= width) pieces[pieces.length - 1] = joined;
    else pieces.push(measure(table, [group], PADDING));
  }
  const isReadable = pieces.length <= MOST_PIECES && pieces.every(({ total }) => total <= width);
  return isReadable ? pieces.map((layout) => draw(table, layout, paint)) : null;
}

// A table that is cut into more pieces is not read as one any more.
const MOST_PIECES = 6;
const PADDING = 1;
const TIGHT = 0;

interface Layout {
  readonly columns: readonly Group[];
  readonly padding: number;
  /** Of the row headings and of each column, without the lines between them. */
  readonly widths: readonly number[];
  readonly total: number;
}

function measure(table: Table, columns: readonly Group[], padding: number): Layout {
  const headingWidth = widest([FIRST, ...table.rows.flatMap(({ addresses }) => addresses)]) + 1;
  const widths = [headingWidth];
  for (const group of columns) {
    const inner = group.addresses.map(
      (address) => 1 + columnWidth(table, group, address) + padding,
    );
    const spare = sum(inner) + inner.length - 1 - (1 + group.heading.length + padding);
    inner[inner.length - 1]! -= Math.min(spare, 0);
    widths.push(...inner);
  }
  // The padding of the last column is cut off.
  return { columns, padding, widths, total: sum(widths) + widths.length - 1 - padding };
}

function columnWidth(table: Table, { heading }: Group, address: string): number {
  const lines = sides(table.rows).flatMap((second) => {
    const verdict = table.cell({ heading, address }, second);
    return verdict === undefined ? [] : cellLines(verdict);
  });
  return widest([address, ...lines]);
}

function draw(table: Table, { columns, padding, widths }: Layout, paint: Paint): string {
  const drawing = new CliTable({
    chars: NO_RULES,
    colWidths: [...widths],
    style: { head: [], border: [], "padding-left": 1, "padding-right": padding },
  });
  drawing.push(
    [rowHeading(paint("faint", FIRST)), ...columns.map((group) => groupHeading(group, paint))],
    [rowHeading(""), ...columns.flatMap(({ addresses }) => addresses)],
  );
  for (const { heading, addresses } of table.rows) {
    drawing.push([groupRow(heading, widths.length, paint)]);
    for (const address of addresses) {
      const row = cellTexts(table, columns, { heading, address }, paint);
      drawing.push([rowHeading(address), ...row]);
    }
  }
  return drawing.toString().replace(/ +$/gm, "");
}

const FIRST = "first:";
const SECOND = "second:";

function rowHeading(content: string): Cell {
  return { content, style: { "padding-left": 0 } };
}

type Cell = CliTable.CellOptions;

function groupHeading({ heading, addresses }: Group, paint: Paint): Cell {
  return { content: paint("heading", heading), colSpan: addresses.length };
}

function groupRow(heading: string, colSpan: number, paint: Paint): Cell {
  const content = `${paint("faint", SECOND)} ${paint("heading", heading)}`;
  return { content, colSpan, chars: RULE, style: { "padding-left": 0 } };
}

function cellTexts(table: Table, columns: readonly Group[], second: Side, paint: Paint): string[] {
  return sides(columns).map((first) => {
    const verdict = table.cell(first, second);
    if (verdict === undefined) return "";
    return cellLines(verdict)
      .map((line) => paint(verdict.word, line))
      .join("\n");
  });
}

function sides(groups: readonly Group[]): Side[] {
  return groups.flatMap(({ heading, addresses }) =>
    addresses.map((address) => ({ heading, address })),
  );
}

const NO_RULES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  mid: "",
  "mid-mid": "",
  "left-mid": "",
  "right-mid": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  right: "",
};

// Above the rows of one second endpoint.
const RULE = { mid: "─", "mid-mid": "┼", "top-mid": "─", "bottom-mid": "┴" };

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
