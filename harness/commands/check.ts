import { countText } from "../model/count-text.ts";
import { readClaims } from "../claims/read-claims.ts";
import { terminalText } from "../model/terminal-text.ts";

/** Validates case files. Throws InputError with every problem. */
export async function check(files: readonly string[]): Promise<void> {
  const { documents, claims } = await readClaims(files);
  for (const { id, file } of documents) {
    const count = claims.filter(({ document }) => document.id === id).length;
    process.stdout.write(`${terminalText(file)}: ${id}: ${countText(count, "claim")}\n`);
  }
}
