import { writeFileSync } from "node:fs";
import path from "node:path";
import { openRunFolder } from "../../runners/run-folder.ts";
import type { SessionPlan } from "./plan-session.ts";

/** Files of the ids that are not to be measured, or not again, for harnesses on other targets. */
export interface SettledFiles {
  /** By the target's name. */
  readonly files: ReadonlyMap<string, string>;
  remove(): Promise<void>;
}

export function writeSettled({ runners, resumption, except }: SessionPlan): SettledFiles {
  if (!resumption && except.size === 0) return { files: new Map(), remove: async () => undefined };
  const folder = openRunFolder();
  const files = new Map<string, string>();
  for (const { name } of runners) {
    const settled = resumption?.targets.get(name)?.kept ?? [];
    const file = path.join(folder.path, `${files.size}.txt`);
    writeFileSync(file, [...settled, ...except, ""].join("\n"));
    files.set(name, file);
  }
  return { files, remove: folder.remove };
}
