import { readFileSync, writeFileSync } from "node:fs";
import { problemText } from "./problem.ts";
import { parseCaseFile } from "./parse-case-file.ts";
import { COMPILED_CASES_FILE, textKey, type CompiledCases, type ReadDocument } from "./read.ts";
import { ownCaseFiles } from "./own-cases.ts";

// Part of the build: the package's own case files are parsed and checked once, here, so that a run need not.
const compiled: Record<string, readonly ReadDocument[]> = {} satisfies CompiledCases;
for (const file of ownCaseFiles()) {
  const text = readFileSync(file, "utf8");
  const { documents, problems } = parseCaseFile(file, text);
  if (problems.length > 0) throw new Error(problems.map(problemText).join("\n"));
  compiled[textKey(text)] = documents;
}
writeFileSync(COMPILED_CASES_FILE, JSON.stringify(compiled));
