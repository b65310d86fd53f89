import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { sourceTexts } from "../inputs/source-texts.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import type { KnownDeviation } from "./known-deviation.ts";

/** The files of known deviations that come with this package. */
const SHIPPED_FOLDER = path.join(PACKAGE_ROOT, "known-deviations");

/** Where the build leaves what they say, and their texts. */
export const COMPILED_DEVIATIONS: string = path.join(PACKAGE_ROOT, "dist/known-deviations.json");
export const DEVIATION_SOURCES: string = path.join(PACKAGE_ROOT, "dist/known-deviations.yaml");

/** The texts of the package's files. */
export function shippedSources(): Buffer {
  const names = readdirSync(SHIPPED_FOLDER).filter((name) => name.endsWith(".yaml"));
  return sourceTexts(SHIPPED_FOLDER, names.toSorted());
}

/** The known deviations that come with this package, each marked so. */
export async function readShippedDeviations(): Promise<readonly KnownDeviation[]> {
  return readCompiled() ?? (await parseShipped());
}

/** Null where nothing, or something older, was built. */
function readCompiled(): readonly KnownDeviation[] | null {
  try {
    if (!readFileSync(DEVIATION_SOURCES).equals(shippedSources())) return null;
    return JSON.parse(readFileSync(COMPILED_DEVIATIONS, "utf8")) as KnownDeviation[];
  } catch {
    return null;
  }
}

/** The same from the files themselves. The YAML parser takes long to load. */
export async function parseShipped(): Promise<KnownDeviation[]> {
  const { readKnownDeviations } = await import("./read-known.ts");
  return readKnownDeviations(SHIPPED_FOLDER).map((deviation) => ({ ...deviation, shipped: true }));
}
