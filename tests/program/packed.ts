import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { makeFolder } from "./bindcheck.ts";
import { until } from "./processes.ts";

/** The folder of the package. */
export const ROOT: string = fileURLToPath(new URL("../..", import.meta.url));

/** What a clean checkout builds and packs from. */
const SOURCES = [
  "harness",
  "runners",
  "reports",
  "cases",
  "starter",
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

/** The package as a release publishes it, from the build that precedes all tests. */
export interface Packed {
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

/** Packs what was built; once for all test files of a run. */
export async function packOnce(): Promise<Packed> {
  return once("packed", async (folder) => {
    const { stdout } = await npm(ROOT, "pack", "--json", "--pack-destination", folder);
    const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
    if (!packed) throw new Error("npm packed nothing");
    return {
      tarball: path.join(folder, packed.filename),
      files: packed.files.map((file) => file.path),
    };
  });
}

/** A new folder in which npm has installed the packed package: once, so that its node_modules is a link to the first. */
export async function installedFolder(): Promise<string> {
  const { installed, folder } = await folderForInstalled();
  const modules = path.join(installed, "node_modules");
  symlinkSync(modules, path.join(folder, "node_modules"), "junction");
  return folder;
}

/** The same with few of the package's case files, for what shows with few experiments too; not on Windows. */
export async function quickFolder(): Promise<string> {
  const { installed, folder } = await folderForInstalled();
  // Links to the files: they are removed here and stay there.
  await execa("cp", ["-RPl", path.join(installed, "node_modules"), folder]);
  const cases = path.join(folder, "node_modules/bindcheck/cases");
  for (const name of readdirSync(cases, { recursive: true, encoding: "utf8" }))
    if (name.endsWith(".yaml") && !QUICK.includes(name)) rmSync(path.join(cases, name));
  return folder;
}

const QUICK: readonly string[] = ["controls.yaml", "linux/socket-7.yaml", "node/dgram.yaml"];

async function folderForInstalled(): Promise<{ installed: string; folder: string }> {
  const { tarball } = await packOnce();
  const { folder: installed } = await once("installed", async (folder) => {
    await npm(folder, "install", tarball, ...QUIET);
    return { folder };
  });
  const folder = await makeFolder();
  for (const name of ["package.json", "package-lock.json"])
    cpSync(path.join(installed, name), path.join(folder, name));
  return { installed, folder };
}

const QUIET = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];

/**
 * What the first test file to ask makes in a folder of the run, which the set-up of all tests removes; the others wait
 * for it. Where it fails, the next one makes it.
 */
async function once<T>(name: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = path.join(tmpdir(), name);
  const result = path.join(tmpdir(), `${name}.json`);
  while (!isFirstToMake(folder)) {
    await until(() => existsSync(result) || !existsSync(folder));
    if (existsSync(result)) return JSON.parse(readFileSync(result, "utf8")) as T;
  }
  try {
    const made = await make(folder);
    writeFileSync(`${result}.part`, JSON.stringify(made));
    renameSync(`${result}.part`, result);
    return made;
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

function isFirstToMake(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** npm, as it is called on every system. */
function npm(cwd: string, ...parameters: string[]) {
  // execa finds and quotes npm.cmd by itself; a shell would split paths at their spaces.
  return execa("npm", parameters, { cwd });
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
