import type { Problem } from "../model/problem.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import { experimentId } from "../model/experiment-id.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { Endpoint } from "../model/experiment.ts";
import type { Family } from "../model/vocabulary.ts";
import type { CellEndpoint } from "./cell.ts";
import { expandOptions } from "./expand-options.ts";
import { expandScenarios } from "./expand-scenarios.ts";
import { pairCells } from "./pair-cells.ts";
import { tableCells } from "./table-cells.ts";

/** The claims of one document: matrix times cells, alternatives written out. A cell said twice is one problem. */
export function expandTable(
  file: string,
  read: ReadDocument,
): { document: Document; claims: Claim[]; problems: Problem[] } {
  const { matrix } = read.content;
  const document = documentOf(file, read);
  const claims = new Map<string, Claim>();
  const duplicates = new Map<Claim["source"], Problem>();
  const cells = [...tableCells(file, read), ...pairCells(file, read)];
  for (const protocol of [matrix.protocol].flat())
    for (const family of [matrix.family].flat()) {
      const inFamily = placer(family);
      for (const { source, expect, allowed, ...cell } of cells) {
        const first = inFamily(cell.first);
        const second = inFamily(cell.second);
        const content = { protocol, family: first.family, first, second };
        const id = experimentId(content);
        const before = claims.get(id);
        if (!before)
          claims.set(id, { experiment: { id, ...content }, expect, allowed, document, source });
        else if (!duplicates.has(source))
          duplicates.set(source, { ...source, message: duplicateText(before) });
      }
    }
  return {
    document,
    claims: [
      ...claims.values(),
      ...expandScenarios(file, read, document),
      ...expandOptions(file, read, document),
    ],
    problems: [...duplicates.values()],
  };
}

/** Gives endpoints the matrix's family where they have none of their own; the cells of a row share what it gives. */
function placer(family: Family): (endpoint: CellEndpoint) => Endpoint {
  const placed = new Map<CellEndpoint, Endpoint>();
  return (endpoint) => {
    const before = placed.get(endpoint);
    if (before) return before;
    const made = { ...endpoint, family: endpoint.family ?? family };
    placed.set(endpoint, made);
    return made;
  };
}

function duplicateText({ experiment, source }: Claim): string {
  return `duplicate cell: '${experiment.id}' is already in line ${source.line} (allowed: each cell once)`;
}

/** The document itself, without its claims. */
export function documentOf(file: string, { content }: ReadDocument): Document {
  return { ...content.document, appliesTo: content["applies-to"], file, notes: content.notes };
}
