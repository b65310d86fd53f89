import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { BINDER_FILE } from "../../harness/binder-client/local-binders.ts";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import type { ArchiveFile } from "../archive.ts";
import { findPackage } from "../own-package.ts";
import { prepareNativeKoffi, type HostSystem } from "./native-koffi.ts";
import type { Preparation } from "./preparation.ts";

/** The binder's file, as it is named where it is copied to. */
export const BINDER_NAME = "binder.cjs";

/** All that a system with nothing but Node needs to run a binder: its file, and koffi beside it. Throws TargetProblem. */
export async function binderFiles(
  system: HostSystem,
  preparation: Preparation,
): Promise<ArchiveFile[]> {
  const koffi = findPackage("koffi", PACKAGE_ROOT);
  if (koffi === null) throw new Error("The package koffi is not installed");
  const native = await prepareNativeKoffi(koffi, system, preparation);
  return [
    { path: BINDER_NAME, content: readFileSync(BINDER_FILE) },
    ...filesBelow(koffi, "node_modules/koffi", LOADED_BY_REQUIRE),
    ...filesBelow(native.folder, `node_modules/${native.name}`, LOADED),
  ];
}

// The rest of the package is for modules of the other kind, and for building it.
const LOADED_BY_REQUIRE = /^(package\.json|LICENSE.*|index\.cjs|src[\\/].*\.cjs)$/;
const LOADED = /\.(js|cjs|json|node)$/;

function filesBelow(folder: string, nameThere: string, wanted: RegExp): ArchiveFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
    .filter((name) => wanted.test(name))
    .toSorted()
    .map((name) => ({
      path: path.posix.join(nameThere, name.replaceAll(path.sep, "/")),
      content: readFileSync(path.join(folder, name)),
    }));
}
