import { readFileSync } from "node:fs";
import path from "node:path";
import { COMPILED_CASES } from "../cases/compiled-cases.ts";
import { ownCaseFiles, ownCaseName } from "../cases/own-cases.ts";
import { sourceTexts } from "../inputs/source-texts.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { Experiment } from "../model/experiment.ts";

/** What a list says of a claim. */
export interface ListedClaim extends Pick<Claim, "expect"> {
  readonly document: Pick<Document, "id">;
  readonly experiment: Pick<Experiment, "id" | "protocol" | "family">;
}

/** Claims as a list shows them, and the documents that they come from. */
export interface Listing {
  readonly documents: readonly ListedClaim["document"][];
  readonly claims: readonly ListedClaim[];
}

/** Where the build leaves the listing of the package's own case files, and the texts that it was made from. */
export const COMPILED_LISTING: string = path.join(COMPILED_CASES, "listing.json");
export const LISTED_SOURCES: string = path.join(COMPILED_CASES, "sources.yaml");

/** The listing that the build left of the package's own case files; null where their texts are others by now. */
export function readListing(sources: Buffer = ownSources()): Listing | null {
  try {
    if (!readFileSync(LISTED_SOURCES).equals(sources)) return null;
    return JSON.parse(readFileSync(COMPILED_LISTING, "utf8")) as Listing;
  } catch {
    return null;
  }
}

/** What a listing has of claims. */
export function listingOf({ documents, claims }: Listing): Listing {
  return {
    documents: documents.map(({ id }) => ({ id })),
    claims: claims.map(({ document, experiment: { id, protocol, family }, expect }) => ({
      document: { id: document.id },
      experiment: { id, protocol, family },
      expect,
    })),
  };
}

/** Every case file of the package. */
export function ownSources(): Buffer {
  return sourceTexts(
    PACKAGE_ROOT,
    ownCaseFiles().map((file) => ownCaseName(file) ?? file),
  );
}
