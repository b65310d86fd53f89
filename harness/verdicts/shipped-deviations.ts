import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { KnownDeviation } from "./known-deviation.ts";

/** The files of known deviations that come with this package. */
export const SHIPPED_FOLDER: string = path.join(PACKAGE_ROOT, "known-deviations");

/** Where the build leaves what they say. */
export const COMPILED_DEVIATIONS: string = path.join(PACKAGE_ROOT, "dist/known-deviations.json");

/** What the build leaves: the text of every file, by its name, and what all of them say. */
export interface CompiledDeviations {
  readonly texts: Readonly<Record<string, string>>;
  readonly deviations: readonly KnownDeviation[];
}

/** The texts of the package's files, by their names. */
export function shippedTexts(): Record<string, string> {
  const names = readdirSync(SHIPPED_FOLDER).filter((name) => name.endsWith(".yaml"));
  const read = (name: string): [string, string] => [
    name,
    readFileSync(path.join(SHIPPED_FOLDER, name), "utf8"),
  ];
  return Object.fromEntries(names.toSorted().map(read));
}

/** The known deviations that come with this package, each marked so. */
export async function readShippedDeviations(): Promise<readonly KnownDeviation[]> {
  const compiled = readCompiled();
  const isCurrent = JSON.stringify(compiled?.texts) === JSON.stringify(shippedTexts());
  const deviations = compiled && isCurrent ? compiled.deviations : await parseShipped();
  return deviations.map((deviation) => ({ ...deviation, shipped: true }));
}

function readCompiled(): CompiledDeviations | null {
  try {
    return JSON.parse(readFileSync(COMPILED_DEVIATIONS, "utf8")) as CompiledDeviations;
  } catch {
    return null;
  }
}

// Only where nothing, or something older, was built. The YAML parser takes long to load.
async function parseShipped(): Promise<KnownDeviation[]> {
  return (await import("./read-known.ts")).readKnownDeviations(SHIPPED_FOLDER);
}
