import { parseOutcomeText } from "../cases/outcome-text.ts";
import type { Problem } from "../cases/problem.ts";
import type { ReadDocument } from "../cases/read.ts";
import type { CaseEndpoint } from "../cases/schema.ts";
import { sidesOf } from "../cases/table-sides.ts";
import { experimentId } from "../experiments/experiment-id.ts";
import type { Endpoint, Family, OptionName } from "../experiments/experiment.ts";
import type { Claim, Document } from "./claim.ts";

/** The claims of one document: matrix times cells, alternatives written out. A cell said twice is one problem. */
export function expandTable(
  file: string,
  read: ReadDocument,
): { document: Document; claims: Claim[]; problems: Problem[] } {
  const { matrix } = read.content;
  const document = documentOf(file, read);
  const claims = new Map<string, Claim>();
  const duplicates = new Map<Claim["source"], Problem>();
  const cells = readCells(file, read);
  for (const protocol of list(matrix.protocol))
    for (const family of list(matrix.family))
      for (const { source, expect, allowed, ...cell } of cells) {
        const first = { ...cell.first, family: cell.first.family ?? family };
        const second = { ...cell.second, family: cell.second.family ?? family };
        const content = { protocol, family: first.family, first, second };
        const experiment = { id: experimentId(content), ...content };
        const before = claims.get(experiment.id);
        if (!before) claims.set(experiment.id, { experiment, expect, allowed, document, source });
        else if (!duplicates.has(source))
          duplicates.set(source, { ...source, message: duplicateText(before) });
      }
  return { document, claims: [...claims.values()], problems: [...duplicates.values()] };
}

interface Cell extends Pick<Claim, "source" | "expect" | "allowed"> {
  readonly first: CellEndpoint;
  readonly second: CellEndpoint;
}

/** An endpoint whose family may be left to the matrix. */
type CellEndpoint = Omit<Endpoint, "family"> & { readonly family?: Family | undefined };

function readCells(file: string, { content, places }: ReadDocument): Cell[] {
  const { table, matrix } = content;
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

function duplicateText({ experiment, source }: Claim): string {
  return `duplicate cell: '${experiment.id}' is already in line ${source.line} (allowed: each cell once)`;
}

function endpointsOf(entry: CaseEndpoint, account: Endpoint["account"]): CellEndpoint[] {
  return list(entry.options).map((options) => ({
    options: options === "none" ? [] : (options.split("+") as OptionName[]),
    family: entry.family,
    address: entry.address,
    account,
    api: "socket",
    state: entry.state ?? "bound",
    ...(entry.port ? { port: entry.port } : {}),
  }));
}

function documentOf(file: string, { content }: ReadDocument): Document {
  return { ...content.document, appliesTo: content["applies-to"], file, notes: content.notes };
}

function list<Item>(value: Item | Item[]): Item[] {
  return Array.isArray(value) ? value : [value];
}
