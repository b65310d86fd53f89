import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../package-root.ts";
import { ownCaseName } from "./own-cases.ts";
import type { ReadDocument } from "./read-document.ts";

/** One of the package's own case files: what it said when the package was built, and was found right. */
export interface CompiledCase {
  readonly text: string;
  readonly documents: readonly ReadDocument[];
}

/** Ids of the documents in each of the package's own case files, by the name of the file. */
export type CompiledIndex = Readonly<Record<string, readonly string[]>>;

/** Where the build leaves them: a file for each, and the index. */
export const COMPILED_CASES: string = path.join(PACKAGE_ROOT, "dist/compiled-cases");
export const COMPILED_INDEX: string = path.join(COMPILED_CASES, "index.json");

/** The compiled file of one of the package's own, by its name. */
export function compiledFile(name: string): string {
  return path.join(COMPILED_CASES, `${name}.json`);
}

/** What a file holds, when it is the package's own and its text is still the one that was built; else null. */
export function findCompiled(file: string, text: string): readonly ReadDocument[] | null {
  const name = ownCaseName(file);
  const compiled = name === null ? null : (readJson(compiledFile(name)) as CompiledCase | null);
  return compiled?.text === text ? compiled.documents : null;
}

/** Names of the package's own files that hold documents; null when there is one that none holds. */
export function ownFilesWith(ids: readonly string[]): string[] | null {
  const index = Object.entries((readJson(COMPILED_INDEX) ?? {}) as CompiledIndex);
  const found = ids.map((id) => index.find(([, held]) => held.includes(id))?.[0]);
  return found.every((name) => name !== undefined) ? [...new Set(found)] : null;
}

/** Null where nothing was built: then every file is parsed. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
