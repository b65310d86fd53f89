import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { makeFolder } from "./bindcheck.ts";
import { until } from "./processes.ts";

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

/** Builds and packs in an empty folder; once for all test files of a run. */
export async function packOnce(): Promise<Packed> {
  return once("packed", async (folder) => {
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
  });
}

/** A new folder in which npm has installed the packed package: once, so that its node_modules is a link to the first. */
export async function installedFolder(): Promise<string> {
  const { tarball } = await packOnce();
  const installed = await once("installed", async (folder) => {
    await npm(folder, "install", tarball, ...QUIET);
    return { folder };
  });
  const folder = await makeFolder();
  for (const name of ["package.json", "package-lock.json"])
    cpSync(path.join(installed.folder, name), path.join(folder, name));
  const modules = path.join(installed.folder, "node_modules");
  symlinkSync(modules, path.join(folder, "node_modules"), "junction");
  return folder;
}

const QUIET = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];

/**
 * What the first test file to ask makes in a folder of the run, which the set-up of all tests removes; the others wait
 * for it.
 */
async function once<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = path.join(tmpdir(), name);
  const result = path.join(tmpdir(), `${name}.json`);
  try {
    mkdirSync(folder);
  } catch {
    await until(() => existsSync(result));
    return JSON.parse(readFileSync(result, "utf8")) as T;
  }
  const made = await make(folder);
  writeFileSync(`${result}.part`, JSON.stringify(made));
  renameSync(`${result}.part`, result);
  return made;
}

/** npm, as it is called on every system. */
function npm(cwd: string, ...parameters: string[]) {
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
