import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ArchiveFile } from "./archive.ts";

/** The wanted files anywhere below a folder, as they are to be named in an archive. */
export function filesBelow(
  folder: string,
  nameThere: string,
  isWanted: (name: string) => boolean,
): ArchiveFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .filter(isWanted)
    .toSorted()
    .map((name) => ({
      path: path.posix.join(nameThere, name.replaceAll(path.sep, "/")),
      content: readFileSync(path.join(folder, name)),
    }));
}
