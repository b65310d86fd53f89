import type { KnownDeviation } from "./known-deviation.ts";

/** What `--known` takes in place of a path to leave out what came with this package. */
const NONE = "none";

/**
 * The known deviations of a run: those of the named files and folders first, then those that came with this package,
 * unless one of the names is `none`. Throws InputError with every problem of the files.
 */
export async function findKnown(named: readonly string[]): Promise<KnownDeviation[]> {
  const files = named.filter((name) => name !== NONE);
  const { readShippedDeviations } = await import("./shipped-deviations.ts");
  const shipped = named.includes(NONE) ? [] : await readShippedDeviations();
  if (files.length === 0) return [...shipped];
  // The YAML parser takes long to load: only a run that names files needs it.
  const { readKnownDeviations } = await import("./read-known.ts");
  return [...files.flatMap((file) => readKnownDeviations(file)), ...shipped];
}
