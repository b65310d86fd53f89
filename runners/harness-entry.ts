import { fileURLToPath } from "node:url";

/** The built program of this package, which a target runs whole. */
export function harnessEntry(): string {
  const fromHere = import.meta.url.endsWith(".ts")
    ? "../dist/harness/main.js"
    : "../harness/main.js";
  return fileURLToPath(new URL(fromHere, import.meta.url));
}
