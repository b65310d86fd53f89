import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Resumption } from "./read-resumption.ts";

/** Files of the ids that need not be measured again, for harnesses on other targets. */
export interface SettledFiles {
  /** By the target's name. */
  readonly files: ReadonlyMap<string, string>;
  remove(): void;
}

export function writeSettled(resumption: Resumption | null): SettledFiles {
  if (!resumption) return { files: new Map(), remove: () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const files = new Map<string, string>();
  for (const [name, { settled }] of resumption.targets) {
    const file = path.join(folder, `${files.size}.txt`);
    writeFileSync(file, [...settled, ""].join("\n"));
    files.set(name, file);
  }
  return {
    files,
    remove() {
      process.off("exit", remove);
      remove();
    },
  };
}
