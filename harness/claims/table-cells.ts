import { parseOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/compiled-cases.ts";
import { sidesOf } from "../cases/table-sides.ts";
import { endpointsOf, type Cell } from "./cell.ts";

/** The cells of a document's table, but for those that are `n/a`. */
export function tableCells(file: string, { content, places }: ReadDocument): Cell[] {
  const { table, matrix } = content;
  if (!table) return [];
  const { rows, columns } = sidesOf(table);
  return table[rows].flatMap((row, rowIndex) =>
    (row.expect ?? []).flatMap((cell, columnIndex) => {
      const expect = String(cell);
      const allowed = parseOutcomeText(expect);
      const column = table[columns][columnIndex];
      if (!allowed || !column) return [];
      const [line, at] = places[`table/${rows}/${rowIndex}/expect/${columnIndex}`] ?? [1, 1];
      const source = { file, line, column: at };
      const [atFirst, atSecond] = rows === "first" ? [row, column] : [column, row];
      return endpointsOf(atFirst, "same").flatMap((first) =>
        endpointsOf(atSecond, matrix.account).map((second) => ({
          source,
          expect,
          allowed,
          first,
          second,
        })),
      );
    }),
  );
}
