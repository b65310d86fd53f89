import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, problemText, type Problem } from "../cases/problem.ts";
import { readCaseFile } from "../cases/read.ts";
import type { Claim, Document } from "./claim.ts";
import { expandTable } from "./expand-table.ts";

/** Every claim of some case files, and the documents that they come from. */
export interface ClaimSet {
  readonly documents: readonly Document[];
  readonly claims: readonly Claim[];
}

/** The folder of the case files that come with this package. */
export const OWN_CASES: string = findOwnCases();

/**
 * Reads case files and folders of them; with none named, all that come with the package.
 * Throws InputError with every problem of every file, one line each.
 */
export function readClaims(named: readonly string[]): ClaimSet {
  const files = named.length > 0 ? named.flatMap(expandFolder) : caseFilesIn(OWN_CASES);
  return readFiles(files.filter((file) => path.basename(file) !== CONTROLS));
}

/** The controls: claims of certain outcome that vouch for a target. */
export function readControls(): readonly Claim[] {
  return readFiles([path.join(OWN_CASES, CONTROLS)]).claims;
}

const CONTROLS = "controls.yaml";

function readFiles(files: readonly string[]): ClaimSet {
  const problems: Problem[] = [];
  const claims: Claim[] = [];
  const documents = new Map<string, Document>();
  for (const file of files) {
    const read = readCaseFile(file);
    problems.push(...read.problems);
    for (const document of read.documents) {
      const expanded = expandTable(document);
      problems.push(...expanded.problems);
      claims.push(...expanded.claims);
      const { id } = document.content.document;
      const before = documents.get(id);
      if (before)
        problems.push({
          file,
          ...document.placeOf(["document", "id"]),
          message: `the document '${id}' is already in ${before.file} (allowed: an id of its own)`,
        });
      const [claim] = expanded.claims;
      if (claim) documents.set(id, claim.document);
    }
  }
  if (problems.length > 0) throw new InputError(problems.map(problemText));
  return { documents: [...documents.values()], claims };
}

function expandFolder(named: string): string[] {
  try {
    return caseFilesIn(named);
  } catch {
    return [named]; // a file, or nothing: reading it tells
  }
}

function caseFilesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => path.join(folder, name));
}

// From harness/claims of the source or of dist, up to the package that holds the folder.
function findOwnCases(): string {
  const isBuilt = import.meta.url.endsWith(".js");
  return fileURLToPath(new URL(isBuilt ? "../../../cases" : "../../cases", import.meta.url));
}
