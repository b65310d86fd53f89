import { countText } from "../model/count-text.ts";
import { readClaims } from "../claims/read-claims.ts";
import { terminalText } from "../model/terminal-text.ts";

/**
 * Validates case files: one line for each document of those that are named, and what there is in all. Throws InputError with
 * every problem.
 */
export async function check(files: readonly string[]): Promise<void> {
  const { documents, claims } = await readClaims(files);
  const named = files.length === 0 ? [] : documents;
  const lines = named.map(({ id, file }) => {
    const own = claims.filter(({ document }) => document.id === id);
    return `${file}: ${id}: ${countText(own.length, "claim")}`;
  });
  const origin = files.length === 0 ? " that come with bindcheck" : "";
  const all = `${countText(documents.length, "document")}${origin}, ${countText(claims.length, "claim")}: no mistake found`;
  process.stdout.write(terminalText(`${[...lines, all].join("\n")}\n`));
}
