import { countText } from "../model/count-text.ts";
import type { Selection } from "../model/selection.ts";
import { readListing, type ListedClaim } from "../claims/listing.ts";
import type { ClaimSet } from "../claims/read-claims.ts";
import { selectClaims } from "../claims/select.ts";
import { writeAnswer } from "../outputs/write-answer.ts";
import { parseSelection, type SelectionTexts } from "./options.ts";

/** The options of `bindcheck list`. */
export interface ListOptions extends SelectionTexts {
  readonly json?: boolean;
  readonly out?: string;
}

/** Prints what a `run` with the same selection would take. Throws InputError. */
export async function list(files: readonly string[], options: ListOptions): Promise<void> {
  const selection = parseSelection(files, options);
  if (options.json) {
    const claims = selectClaims(await claimsOf(files, selection), selection);
    const listed = claims.map(({ experiment, expect, document, source }) => ({
      experiment,
      document: document.id,
      expect,
      source,
    }));
    return writeAnswer(`${JSON.stringify(listed, null, 2)}\n`, options.out);
  }
  // Documents that are named come in the order in which they are named, each from its own file.
  const isAll = files.length === 0 && selection.document.length === 0;
  const listing = isAll ? readListing() : null;
  const claims = selectClaims<ListedClaim>(
    listing ?? (await claimsOf(files, selection)),
    selection,
  );
  const lines = claims.map(
    ({ experiment, document, expect }) => `${document.id}\t${experiment.id}\t${expect}`,
  );
  const byDocument = new Map<string, ListedClaim[]>();
  for (const claim of claims) {
    const own = byDocument.get(claim.document.id) ?? [];
    byDocument.set(claim.document.id, own);
    own.push(claim);
  }
  for (const [id, own] of byDocument) lines.push(`${id}: ${sizeText(own)}`);
  lines.push(`in all: ${sizeText(claims)}`, "");
  // A write for each of thousands of lines would take as long as all the rest.
  writeAnswer(lines.join("\n"), options.out);
}

/** With every detail. What reads and expands case files takes longer to load than a list without. */
async function claimsOf(files: readonly string[], { document }: Selection): Promise<ClaimSet> {
  return (await import("../claims/read-claims.ts")).readClaims(files, document);
}

function sizeText(claims: readonly ListedClaim[]): string {
  const experiments = new Set(claims.map(({ experiment: { id } }) => id));
  return `${countText(claims.length, "claim")} on ${countText(experiments.size, "experiment")}`;
}
