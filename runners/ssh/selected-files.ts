import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { ArchiveFile } from "../archive.ts";
import { filesBelow } from "../files-below.ts";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";

/** Files that a run names, to be sent along: mostly case files. */
export interface SelectedFiles {
  readonly files: readonly ArchiveFile[];
  /** Path, from the folder of the bundle, of a file or folder that the run names. */
  readonly pathThere: (path: string) => string;
}

/** Those of this package are in the bundle already; others get plain names, which every system allows. */
export function selectedFiles(named: readonly string[]): SelectedFiles {
  const files: ArchiveFile[] = [];
  const names = new Map<string, string>();
  for (const [index, each] of named.entries()) {
    const own = path.relative(PACKAGE_ROOT, each).replaceAll(path.sep, "/");
    if (/^cases(\/|$)/.test(own)) names.set(each, own);
    else if (statSync(each).isDirectory()) {
      const folder = `selected/${index}`;
      names.set(each, folder);
      const found = filesBelow(each, folder, (name) => name.endsWith(".yaml"));
      files.push(
        ...found.map(({ content }, at) => ({ path: `${folder}/${numbered(at)}.yaml`, content })),
      );
    } else {
      const file = `selected/${index}.yaml`;
      names.set(each, file);
      files.push({ path: file, content: readFileSync(each) });
    }
  }
  return { files, pathThere: (wanted) => names.get(wanted) ?? wanted };
}

/** So that the order of names stays the order of files. */
function numbered(index: number): string {
  return String(index).padStart(6, "0");
}
