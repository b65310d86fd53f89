import { readFileSync } from "node:fs";
import path from "node:path";

/** Files of a folder one after another, each after its name: what is built of them is good while this is the same. */
export function sourceTexts(folder: string, names: readonly string[]): Buffer {
  return Buffer.concat(
    names.flatMap((name) => [Buffer.from(`${name}\n`), readFileSync(path.join(folder, name))]),
  );
}
