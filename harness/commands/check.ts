import { readClaims } from "../claims/read-claims.ts";

/** Validates case files. Throws InputError with every problem. */
export function check(files: readonly string[]): void {
  const { documents, claims } = readClaims(files);
  for (const { id, file } of documents) {
    const count = claims.filter(({ document }) => document.id === id).length;
    process.stdout.write(`${file}: ${id}: ${count} claims\n`);
  }
}
