import { readdirSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../package-root.ts";

/** The controls that come with this package. */
export function ownControls(): string {
  return path.join(OWN_CASES, "controls.yaml");
}

/** Every case file that comes with this package, controls included. */
export function ownCaseFiles(): string[] {
  return caseFilesIn(OWN_CASES);
}

/** What results call one of the package's own files, the same wherever it is installed; null for any other. */
export function ownCaseName(file: string): string | null {
  const relative = path.relative(path.dirname(OWN_CASES), path.resolve(file));
  return relative.startsWith(`cases${path.sep}`) ? relative.split(path.sep).join("/") : null;
}

/** Every case file in a folder, in the order of their names. */
export function caseFilesIn(folder: string): string[] {
  return namesBelow(folder, "")
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => path.join(folder, name));
}

// readdir's own recursion takes several times as long (Node 20).
function namesBelow(folder: string, before: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? namesBelow(path.join(folder, entry.name), `${before}${entry.name}${path.sep}`)
      : `${before}${entry.name}`,
  );
}

const OWN_CASES = path.join(PACKAGE_ROOT, "cases");

/** The JSON Schema beside them. */
export const CASE_FILE_SCHEMA: string = path.join(OWN_CASES, "case-file.schema.json");
