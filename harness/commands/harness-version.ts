import { readFileSync } from "node:fs";

/** Version of this package, from its package.json. */
export const HARNESS_VERSION: string = readVersion();

// harness/commands of the source or of dist.
function readVersion(): string {
  const up = import.meta.url.endsWith(".js") ? "../../../package.json" : "../../package.json";
  const text = readFileSync(new URL(up, import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
