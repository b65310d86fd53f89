import type { Reporter } from "../../reports/reporter.ts";

/** What drafts the file of `--write-known` from the lines of a result. Throws InputError when the file cannot be read. */
export async function openKnownWriter(file: string): Promise<Reporter> {
  // The YAML parser takes long to load: only a run that drafts a file needs it.
  return (await import("../verdicts/write-known.ts")).createKnownWriter(file);
}
