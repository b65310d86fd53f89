import { groupBy } from "../../harness/model/group-by.ts";
import { ADDRESS_KINDS } from "../../harness/model/vocabulary.ts";
import type { Judged } from "../matrix/judged.ts";
import { positionOf, type TablePosition, type Side } from "../matrix/table-position.ts";

/** One document's table on one target, for one protocol and family. */
export interface Table {
  readonly columns: readonly Group[];
  readonly rows: readonly Group[];
  cell(first: Side, second: Side): Judged | undefined;
}

/** Columns or rows that share a heading. */
export interface Group {
  readonly heading: string;
  readonly addresses: readonly string[];
}

/** Lays verdicts out like the document's table; they come in the document's order. */
export function arrangeTable(verdicts: readonly Judged[]): Table {
  const positions: TablePosition[] = [];
  const cells = new Map<string, Judged>();
  for (const verdict of verdicts) {
    const position = positionOf(verdict.experiment);
    if (position === null) continue;
    const key = cellKey(position.first, position.second);
    positions.push(position);
    cells.set(key, worse(cells.get(key), verdict));
  }
  return {
    columns: groups(positions.map(({ first }) => first)),
    rows: groups(positions.map(({ second }) => second)),
    cell: (first, second) => cells.get(cellKey(first, second)),
  };
}

function groups(sides: readonly Side[]): Group[] {
  return [...groupBy(sides, ({ heading }) => heading)].map(([heading, members]) => ({
    heading,
    addresses: [...new Set(members.map(({ address }) => address))].toSorted(
      (a, b) => ADDRESSES.indexOf(a) - ADDRESSES.indexOf(b),
    ),
  }));
}

const ADDRESSES: readonly string[] = ADDRESS_KINDS;

function cellKey(first: Side, second: Side): string {
  return [first.heading, first.address, second.heading, second.address].join("\n");
}

// Two claims on one cell: the one that needs attention is shown.
function worse(one: Judged | undefined, other: Judged): Judged {
  return one === undefined || SEVERITY[other.word] > SEVERITY[one.word] ? other : one;
}

const SEVERITY: Readonly<Record<Judged["word"], number>> = {
  held: 0,
  skipped: 1,
  "known-deviation": 2,
  broken: 3,
  "stale-deviation": 4,
  contradicted: 5,
};
