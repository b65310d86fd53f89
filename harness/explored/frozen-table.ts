import { everyPart, everySeat, type PairPart } from "../experiments/every-pair.ts";
import type { Endpoint, EndpointPair } from "../model/experiment.ts";
import type { OptionText } from "../model/vocabulary.ts";
import type { FrozenCell } from "./frozen-cell.ts";

/** Options and address of one column or row. */
type Seat = ReturnType<typeof everySeat>[number];

/** What was seen of one part, as a table: first endpoints in columns, second ones in rows. */
export interface FrozenTable {
  readonly part: PairPart;
  readonly columns: readonly Seat[];
  readonly rows: readonly Seat[];
  /** Row by row; undefined where nothing was observed. */
  readonly cells: (FrozenCell | undefined)[];
  /** Ids of the experiments that were not decided, by why. */
  readonly undecided: { readonly id: string; readonly why: string }[];
}

/** Tables of a platform that fill up as observations come, in any order. */
export interface FrozenTables {
  put(experiment: EndpointPair, cell: FrozenCell): void;
  readonly tables: readonly FrozenTable[];
}

export function createFrozenTables(
  platform: string,
  more: readonly OptionText[] = [],
): FrozenTables {
  const tables = new Map<string, FrozenTable & Indices>();
  for (const part of everyPart()) {
    const columns = everySeat(part.first.family, platform, more);
    const rows = everySeat(part.second.family, platform, more);
    const indices = { column: indexOf(columns), row: indexOf(rows) };
    tables.set(partKey(part), { part, columns, rows, cells: [], undecided: [], ...indices });
  }
  // Cells that are alike are one: tens of thousands of them are but a few.
  const alike = new Map<string, FrozenCell>();
  return {
    tables: [...tables.values()],
    put({ id, protocol, first, second }, cell) {
      const table = tables.get(partKey({ protocol, account: second.account, first, second }));
      const column = table?.column.get(seatKey(first));
      const row = table?.row.get(seatKey(second));
      if (!table || column === undefined || row === undefined) return;
      const key = `${cell.text} ${cell.why}`;
      const own = alike.get(key) ?? cell;
      alike.set(key, own);
      table.cells[row * table.columns.length + column] = own;
      if (own.isUndecided) table.undecided.push({ id, why: own.why ?? "" });
    },
  };
}

interface Indices {
  readonly column: ReadonlyMap<string, number>;
  readonly row: ReadonlyMap<string, number>;
}

function indexOf(seats: readonly Seat[]): ReadonlyMap<string, number> {
  return new Map(seats.map((seat, index) => [seatKey(seat), index]));
}

function seatKey({ options, address }: Pick<Endpoint, "options" | "address">): string {
  return `${options.join("+")}@${address}`;
}

function partKey({ protocol, account, first, second }: PairPart): string {
  return [protocol, account, first.family, first.state, second.family, second.state].join(" ");
}
