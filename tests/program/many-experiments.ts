import { writeFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "./bindcheck.ts";

/** How many experiments are in the file that `writeManyExperiments` writes. */
export const MANY = 2048;

/**
 * A case file that keeps a run busy for a while: socket options set again and again, in every order, make experiments
 * that are distinct and cheap. Any outcome is allowed.
 */
export async function writeManyExperiments(): Promise<string> {
  const optionSets = Array.from({ length: 32 }, (_, number) =>
    Array.from({ length: 5 }, (__, bit) => (number & (1 << bit) ? "SO_REUSEADDR" : "SO_REUSEPORT")),
  ).map((options) => options.join("+"));
  const file = path.join(await makeFolder(), "many.yaml");
  await writeFile(
    file,
    `document: { id: many, title: Many, section: All, url: https://example.org/, kind: measured }
applies-to: { platform: any }
matrix: { protocol: tcp, family: ipv4 }
table:
  first:
    - { options: [${optionSets.join(", ")}], address: wildcard }
  second:
    - { options: [${optionSets.join(", ")}], address: wildcard, expect: [success | EADDRINUSE] }
    - { options: [${optionSets.join(", ")}], address: specific, expect: [success | EADDRINUSE] }
`,
  );
  return file;
}
