import { readFileSync } from "node:fs";
import path from "node:path";

/** YAML files of a folder as one stream, each after its name: what is built of them is good while this is the same. */
export function sourceTexts(folder: string, names: readonly string[]): Buffer {
  return Buffer.concat(
    names.flatMap((name) => [
      Buffer.from(`--- # ${name}\n`),
      readFileSync(path.join(folder, name)),
    ]),
  );
}
