import { WINDOWS_VERSIONS, type WindowsVersion } from "../model/windows-versions.ts";
import type { ReadDocument } from "./read-document.ts";

/** A document with a grid of support as one document for each column, about that version alone; any other as it is. */
export function columnsOf(read: ReadDocument): ReadDocument[] {
  const { support } = read.content;
  return support ? support.versions.map((_, column) => columnOf(read, support, column)) : [read];
}

function columnOf(
  { content, places }: ReadDocument,
  { versions, options }: NonNullable<ReadDocument["content"]["support"]>,
  column: number,
): ReadDocument {
  const name = versions[column] as WindowsVersion;
  const { title, range } = WINDOWS_VERSIONS[name];
  const { support: _, document, ...rest } = content;
  const rows = options.map(({ option, known }) => ({
    option,
    known: Array.isArray(known) ? known[column] : known,
  }));
  const ofRows = options.flatMap((_row, index) => {
    const path = `support/options/${index}/known`;
    const place = places[`${path}/${column}`] ?? places[path];
    return place ? [[`options/${index}/known`, place] as const] : [];
  });
  return {
    content: {
      ...rest,
      document: {
        ...document,
        id: `${document.id}-${name}`,
        section: `${document.section}, ${title}`,
      },
      "applies-to": { ...content["applies-to"], versions: range },
      options: rows,
    },
    places: { ...places, ...Object.fromEntries(ofRows) },
  };
}
