import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { ownFilesWith } from "../cases/compiled-cases.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import { caseFilesIn, ownCaseFiles, ownCaseName, ownControls } from "../cases/own-cases.ts";
import { InputError, problemText, type Problem } from "../model/problem.ts";
import { readCaseFile } from "../cases/read.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { Claim, Document } from "../model/claim.ts";
import { countClaims, MOST_CLAIMS } from "./count-claims.ts";
import { documentOf, expandTable } from "./expand-table.ts";
import { findScenarioClashes } from "./find-scenario-clashes.ts";

/** Every claim of some case files, and the documents that they come from. */
export interface ClaimSet {
  readonly documents: readonly Document[];
  readonly claims: readonly Claim[];
}

/**
 * Reads case files and folders of them, which may be the package's own by their names in it, such as
 * `cases/windows/so-exclusiveaddruse.yaml`; with none named, all that come with the package. Where `wanted` names
 * documents, the others are listed without their claims. Throws InputError with every problem of every file, one line
 * each.
 */
export async function readClaims(
  named: readonly string[],
  wanted: readonly string[] = [],
): Promise<ClaimSet> {
  const files = named.length > 0 ? named.flatMap(expandName) : withoutControls(ownFiles(wanted));
  return readFiles(files, wanted);
}

/** The controls: claims of certain outcome that vouch for a target. */
export async function readControls(): Promise<readonly Claim[]> {
  return (await readFiles([ownControls()])).claims;
}

async function readFiles(
  files: readonly string[],
  wanted: readonly string[] = [],
): Promise<ClaimSet> {
  const problems: Problem[] = [];
  const claims: Claim[] = [];
  const documents = new Map<string, Document>();
  let count = 0;
  for (const place of files) {
    const read = await readCaseFile(place);
    const file = ownCaseName(place) ?? place;
    problems.push(...read.problems);
    for (const readDocument of read.documents) {
      const { id } = readDocument.content.document;
      count += countClaims(readDocument.content);
      if (count > MOST_CLAIMS)
        throw new InputError([problemText(tooManyClaims(file, readDocument))]);
      const isLeftOut = read.isOwn && wanted.length > 0 && !wanted.includes(id);
      const expanded = isLeftOut
        ? { document: documentOf(file, readDocument), claims: [], problems: [] }
        : expandTable(file, readDocument);
      const before = documents.get(expanded.document.id);
      problems.push(...expanded.problems);
      if (before) problems.push(duplicateDocument(file, readDocument.places, before));
      claims.push(...expanded.claims);
      documents.set(expanded.document.id, expanded.document);
    }
  }
  problems.push(...findScenarioClashes(claims));
  if (problems.length > 0) throw new InputError(problems.map(problemText));
  return { documents: [...documents.values()], claims };
}

/** The package's own files that can hold what is wanted; all of them where nothing or something unknown is. */
function ownFiles(wanted: readonly string[]): string[] {
  const found = wanted.length > 0 ? ownFilesWith(wanted) : null;
  return found?.map((name) => path.join(PACKAGE_ROOT, name)) ?? ownCaseFiles();
}

function tooManyClaims(file: string, { places }: ReadDocument): Problem {
  const [line, column] = places["document/id"] ?? [1, 1];
  const message = `with this document there are more than ${MOST_CLAIMS} claims (name fewer files, or shorten its lists)`;
  return { file, line, column, message };
}

function duplicateDocument(
  file: string,
  places: Readonly<Record<string, readonly [number, number]>>,
  { id, file: other }: Document,
): Problem {
  const [line, column] = places["document/id"] ?? [1, 1];
  const message = `the document '${id}' is already in ${other} (allowed: an id of its own)`;
  return { file, line, column, message };
}

/** What a name stands for: a path from here, or else from the package's folder, where its own `cases/` are. */
function expandName(name: string): string[] {
  const own = path.join(PACKAGE_ROOT, name);
  const isOwn = !existsSync(name) && ownCaseName(own) !== null && existsSync(own);
  return expandFolder(isOwn ? own : name);
}

function expandFolder(named: string): string[] {
  if (!statSync(named, { throwIfNoEntry: false })?.isDirectory()) return [named]; // reading it tells
  const files = caseFilesIn(named);
  if (files.length === 0) {
    const message = "there is no case file in this folder (their names end in .yaml)";
    throw new InputError([problemText({ file: named, line: 1, column: 1, message })]);
  }
  return withoutControls(files);
}

/** Every run has the package's controls anyway; they are claims only where somebody names their file. */
function withoutControls(files: readonly string[]): string[] {
  return files.filter((file) => path.resolve(file) !== ownControls());
}
