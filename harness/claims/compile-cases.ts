import { readFileSync, writeFileSync } from "node:fs";
import { ownCaseFiles } from "../cases/own-cases.ts";
import { parseCaseFile } from "../cases/parse-case-file.ts";
import { problemText } from "../cases/problem.ts";
import {
  COMPILED_CASES_FILE,
  textKey,
  type CompiledCases,
  type ReadDocument,
} from "../cases/read.ts";
import { expandTable } from "./expand-table.ts";

// Part of the build: the package's own case files are parsed and checked once, here, so that a run need not.
const compiled: Record<string, readonly ReadDocument[]> = {} satisfies CompiledCases;
for (const file of ownCaseFiles()) {
  const text = readFileSync(file, "utf8");
  const { documents, problems } = parseCaseFile(file, text);
  const found = [...problems, ...documents.flatMap((read) => expandTable(file, read).problems)];
  if (found.length > 0) throw new Error(found.map(problemText).join("\n"));
  compiled[textKey(text)] = documents;
}
writeFileSync(COMPILED_CASES_FILE, JSON.stringify(compiled));
