import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
/** What a package.json says that matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}

/** Folder of the package that a module in `from` gets by `name`, looked for as Node does; null when there is none. */
export function findPackage(name: string, from: string): string | null {
  const folder = path.join(from, "node_modules", name);
  if (existsSync(path.join(folder, "package.json"))) return realpathSync(folder);
  const above = path.dirname(from);
  return above === from ? null : findPackage(name, above);
}
