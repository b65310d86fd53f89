import { parseOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import { endpointsOf, type Cell } from "./cell.ts";

/** What a document's pairs say, each for every option set of the matrix, except those that are `n/a`. */
export function pairCells(file: string, { content, places }: ReadDocument): Cell[] {
  const { pairs = [], matrix } = content;
  const optionSets = matrix.options ?? ["none"];
  return pairs.flatMap((pair, index) =>
    optionSets.flatMap((options, column) => {
      const isList = Array.isArray(pair.expect);
      const expect = String(Array.isArray(pair.expect) ? pair.expect[column] : pair.expect);
      const allowed = parseOutcomeText(expect);
      if (!allowed) return [];
      const at = isList ? `pairs/${index}/expect/${column}` : `pairs/${index}/expect`;
      const [line, columnOfText] = places[at] ?? [1, 1];
      const source = { file, line, column: columnOfText };
      return endpointsOf(pair.first, "same", options).flatMap((first) =>
        endpointsOf(pair.second, matrix.account, options).map((second) => ({
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
