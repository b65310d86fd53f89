import { writeFileSync } from "node:fs";
import path from "node:path";
import { openRunFolder } from "../../runners/run-folder.ts";
import type { Resumption } from "./read-resumption.ts";

/** Files of the ids that need not be measured again, for harnesses on other targets. */
export interface SettledFiles {
  /** By the target's name. */
  readonly files: ReadonlyMap<string, string>;
  remove(): Promise<void>;
}

export function writeSettled(resumption: Resumption | null): SettledFiles {
  if (!resumption) return { files: new Map(), remove: async () => undefined };
  const folder = openRunFolder();
  const files = new Map<string, string>();
  for (const [name, { settled }] of resumption.targets) {
    const file = path.join(folder.path, `${files.size}.txt`);
    writeFileSync(file, [...settled, ""].join("\n"));
    files.set(name, file);
  }
  return { files, remove: folder.remove };
}
