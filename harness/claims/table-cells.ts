import { parseOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import { sidesOf } from "../cases/table-sides.ts";
import { endpointsOf, type Cell } from "./cell.ts";

/** The cells of a document's table, except those that are `n/a`. */
export function tableCells(file: string, { content, places }: ReadDocument): Cell[] {
  const { table, matrix } = content;
  if (!table) return [];
  const { rows, columns } = sidesOf(table);
  const accounts = { first: "same", second: matrix.account } as const;
  // Each entry's endpoints are made once: a table of a document has hundreds of cells.
  const inColumns = table[columns].map((entry) => endpointsOf(entry, accounts[columns]));
  return table[rows].flatMap((row, rowIndex) => {
    const inRow = endpointsOf(row, accounts[rows]);
    return inColumns.flatMap((inColumn, columnIndex) => {
      const isList = Array.isArray(row.expect);
      const expect = String(Array.isArray(row.expect) ? row.expect[columnIndex] : row.expect);
      const allowed = parseOutcomeText(expect);
      if (!allowed) return [];
      const place = `table/${rows}/${rowIndex}/expect${isList ? `/${columnIndex}` : ""}`;
      const [line, at] = places[place] ?? [1, 1];
      const source = { file, line, column: at };
      const [firsts, seconds] = rows === "first" ? [inRow, inColumn] : [inColumn, inRow];
      return firsts.flatMap((first) =>
        seconds.map((second) => ({ source, expect, allowed, first, second })),
      );
    });
  });
}
