import { existsSync } from "node:fs";
import path from "node:path";

/** Folder of this package: modules are found elsewhere in it as they were written, compiled and bundled. */
export const PACKAGE_ROOT: string = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const above = path.dirname(folder);
  if (above === folder) throw new Error(`there is no package.json above ${import.meta.dirname}`);
  return rootAbove(above);
}
