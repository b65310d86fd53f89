import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  COMPILED_INDEX,
  compiledFile,
  type CompiledCase,
  type CompiledIndex,
} from "../cases/compiled-cases.ts";
import { ownCaseFiles, ownCaseName } from "../cases/own-cases.ts";
import { parseCaseFile } from "../cases/parse-case-file.ts";
import { problemText } from "../model/problem.ts";
import { expandTable } from "./expand-table.ts";
import { COMPILED_LISTING, LISTED_SOURCES, listingOf, ownSources } from "./listing.ts";
import { readClaims } from "./read-claims.ts";

// Part of the build: the package's own case files are parsed and checked once, here, so that a run need not.
const index: Record<string, string[]> = {} satisfies CompiledIndex;
for (const file of ownCaseFiles()) {
  const name = ownCaseName(file) ?? file;
  const text = readFileSync(file, "utf8");
  const { documents, problems } = parseCaseFile(file, text);
  const found = [...problems, ...documents.flatMap((read) => expandTable(file, read).problems)];
  if (found.length > 0) throw new Error(found.map(problemText).join("\n"));
  index[name] = documents.map(({ content }) => content.document.id);
  mkdirSync(path.dirname(compiledFile(name)), { recursive: true });
  writeFileSync(compiledFile(name), JSON.stringify({ text, documents } satisfies CompiledCase));
}
writeFileSync(COMPILED_INDEX, JSON.stringify(index));

writeFileSync(COMPILED_LISTING, JSON.stringify(listingOf(await readClaims([]))));
writeFileSync(LISTED_SOURCES, ownSources());
