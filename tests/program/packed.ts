import { cpSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a clean checkout builds and packs from. */
const SOURCES = [
  "harness",
  "runners",
  "reports",
  "cases",
  "known-deviations",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "bundle.mjs",
  "bindcheck.config.schema.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  ".npmrc",
];

/** The package as a release publishes it: built in a folder that holds nothing old. */
export interface Packed {
  /** The folder it was built in. */
  readonly folder: string;
  readonly tarball: string;
  /** Paths in the package. */
  readonly files: readonly string[];
}

/** Lays the sources and what they need into a folder, and nothing that was built. */
export function checkOut(folder: string): void {
  for (const name of SOURCES)
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"), "junction");
}

/** Builds and packs in an empty folder. */
export async function packFresh(folder: string): Promise<Packed> {
  checkOut(folder);
  await npm(folder, "run", "--silent", "build");
  const { stdout } = await npm(folder, "pack", "--json");
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error("npm packed nothing");
  return {
    folder,
    tarball: path.join(folder, packed.filename),
    files: packed.files.map((file) => file.path),
  };
}

/** npm, as it is called on every system. */
export function npm(cwd: string, ...parameters: string[]) {
  return execa("npm", parameters, { cwd, shell: process.platform === "win32" });
}

/** The modules that are loaded, sooner or later, from some of them; paths in the folder. */
export function reachableFrom(folder: string, entries: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...entries];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const text = readFileSync(path.join(folder, file), "utf8");
    for (const [, name = ""] of text.matchAll(/(?:from |import\(|import )"(\.[^"]+)"/g))
      waiting.push(path.posix.join(path.posix.dirname(file), name));
  }
  return reached;
}
