import type { EndpointSort } from "../experiments/every-pair.ts";
import type { Endpoint } from "../model/experiment.ts";
import { commentLine } from "./comment-line.ts";
import type { FrozenTable } from "./frozen-table.ts";
import { groupBy } from "../model/group-by.ts";

/** One table as a YAML document of a case file; null where it has no outcome at all. */
export function tableText(name: string, platform: string, table: FrozenTable): string | null {
  const { part, cells } = table;
  if (!cells.some((cell) => cell !== undefined && cell.why === undefined)) return null;
  const { protocol, account, first, second } = part;
  const isOther = account === "other";
  const width = table.columns.length;
  const isAsked = (row: number, column: number): boolean =>
    cells[row * width + column] !== undefined;
  const columns = indices(width).filter((column) =>
    table.rows.some((_, row) => isAsked(row, column)),
  );
  const rows = indices(table.rows.length).filter((row) =>
    columns.some((column) => isAsked(row, column)),
  );
  const rowText = (row: number): string => {
    const texts = columns.map((column) => cells[row * width + column]?.text ?? "n/a");
    const isAlike = texts.every((text) => text === texts[0]);
    const expect = isAlike ? texts[0] : `[${texts.join(", ")}]`;
    return `    - { ${endpointText(table.rows[row], second, first.family)}, expect: ${expect} }`;
  };
  return [
    ...commentLines(table, rows, columns),
    "document:",
    `  id: ${name}/${protocol}-${first.family}-${first.state}-${second.family}-${second.state}${isOther ? "-other-account" : ""}`,
    "  title: Explored with bindcheck",
    `  section: ${protocol}, ${first.family} ${first.state} > ${second.family} ${second.state}${isOther ? ", other account" : ""}`,
    "  kind: measured",
    `applies-to: { platform: ${platform} }`,
    `matrix: { protocol: ${protocol}, family: ${first.family}${isOther ? ", account: other" : ""} }`,
    "table:",
    "  first:",
    ...columns.map(
      (column) => `    - { ${endpointText(table.columns[column], first, first.family)} }`,
    ),
    "  second:",
    ...rows.map(rowText),
  ].join("\n");
}

function indices(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function endpointText(
  seat: Pick<Endpoint, "options" | "address"> | undefined,
  { family, state }: EndpointSort,
  familyOfMatrix: string,
): string {
  const { options = [], address } = seat ?? {};
  return [
    `options: ${options.join("+") || "none"}`,
    `address: ${address}`,
    ...(family === familyOfMatrix ? [] : [`family: ${family}`]),
    ...(state === "bound" ? [] : [`state: ${state}`]),
  ].join(", ");
}

/** How many cells are n/a and why, and by name whatever was not decided. */
function commentLines(
  { cells, columns: { length: width }, undecided }: FrozenTable,
  rows: readonly number[],
  columns: readonly number[],
): string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const column of columns) {
      const cell = cells[row * width + column];
      const why = cell ? cell.why : "not asked for";
      if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
    }
  const whys = [...counts].map(([why, count]) => `${why} (${count})`).toSorted();
  return [
    ...(whys.length > 0 ? [`n/a: ${whys.join("; ")}`] : []),
    ...undecidedLines(undecided),
  ].map(commentLine);
}

/** One line for each first endpoint and reason, with the second endpoints. */
function undecidedLines(undecided: FrozenTable["undecided"]): string[] {
  const parts = undecided.map(({ id, why }) => {
    const [first = "", second = ""] = id.split(" > ");
    return { heading: `${why}: ${first} > `, second };
  });
  return [...groupBy(parts, ({ heading }) => heading)]
    .map(
      ([heading, own]) =>
        `${heading}${own
          .map(({ second }) => second)
          .toSorted()
          .join(", ")}`,
    )
    .toSorted();
}
