import { fileURLToPath } from "node:url";

/** Path of a small program that stands in for the harness on a target; each has one habit. */
export function standIn(name: string): string {
  return fileURLToPath(new URL(`stand-ins/${name}.mjs`, import.meta.url));
}
