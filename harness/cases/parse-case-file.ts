import { isMap, isScalar, isSeq } from "yaml";
import { parseCheckedYaml, type CheckedYaml } from "./checked-yaml.ts";
import { caseFileSchema } from "./case-file.ts";
import type { ReadDocument, ReadResult } from "./read-document.ts";
import type { CaseDocument } from "./schema.ts";
import { columnsOf } from "./support-grid.ts";

/** Parses the text of a case file and holds it against the schema. */
export function parseCaseFile(file: string, text: string): ReadResult {
  const { documents, problems } = parseCheckedYaml(file, text, caseFileSchema, EMPTY);
  return {
    documents: documents.flatMap((checked) =>
      columnsOf({ content: checked.data, places: findPlaces(checked) }),
    ),
    problems,
  };
}

const EMPTY = "the file is empty (a case file has 'document', 'matrix' and 'table' or 'pairs')";

/** Places of ids and of everything that is expected. */
function findPlaces({ yaml, placeAt }: CheckedYaml<CaseDocument>): ReadDocument["places"] {
  const places: Record<string, [number, number]> = {};
  const walk = (node: unknown, path: string, isWanted: boolean): void => {
    if (isMap(node))
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : "";
        walk(
          value,
          path ? `${path}/${name}` : name,
          isWanted || PLACED_KEYS.has(name) || (path === "" && PLACED_TABLES.has(name)),
        );
      }
    else if (isSeq(node))
      node.items.forEach((item, index) => walk(item, `${path}/${index}`, isWanted));
    else if (isWanted && isScalar(node)) {
      const { line, column } = placeAt(node.range?.[0] ?? 0);
      places[path] = [line, column];
    }
  };
  walk(yaml.contents, "", false);
  return places;
}

const PLACED_TABLES: ReadonlySet<string> = new Set(["options", "support"]);
const PLACED_KEYS: ReadonlySet<string> = new Set(["id", "expect"]);
