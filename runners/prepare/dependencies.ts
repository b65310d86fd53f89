import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packArchive, type ArchiveFile } from "../archive.ts";
import { cacheFolder } from "../cache-folder.ts";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import { findPackage, readManifest } from "../own-package.ts";
import { filesBelow } from "../files-below.ts";
import { makeOnce } from "./make-once.ts";
import { prepareNativeKoffi, type HostSystem } from "./native-koffi.ts";
import type { Preparation } from "./preparation.ts";

/** What the bundled program does not hold; the others serve targets, which stay on this machine. */
export const NEEDED_THERE: readonly string[] = ["koffi"];

/** The packages that the harness needs on a system, as an archive that is made once for these versions. */
export async function prepareDependencies(
  system: HostSystem,
  preparation: Preparation,
): Promise<Buffer> {
  const packages = NEEDED_THERE.flatMap((name) => withDependencies(name, PACKAGE_ROOT, ""));
  const koffi = packages.find(({ name }) => name === "koffi");
  if (koffi) {
    const native = await prepareNativeKoffi(koffi.folder, system, preparation);
    packages.push({ ...native, place: `node_modules/${native.name}` });
  }
  const folder = path.join(
    cacheFolder(),
    `bundle-${system.platform}-${system.arch}-${keyOf(packages)}`,
  );
  await makeOnce(folder, async (temporary) => {
    writeFileSync(path.join(temporary, ARCHIVE), packArchive(packages.flatMap(filesOf)));
  });
  return readFileSync(path.join(folder, ARCHIVE));
}

const ARCHIVE = "dependencies.gz";

interface InstalledPackage {
  readonly name: string;
  readonly folder: string;
  /** Its folder in the bundle. */
  readonly place: string;
}

/** A package and those that it needs, each below the one that needs it, so that versions cannot clash. */
function withDependencies(name: string, from: string, placeOfUser: string): InstalledPackage[] {
  const folder = findPackage(name, from);
  if (folder === null) throw new Error(`The package ${name} is not installed`);
  const place = path.posix.join(placeOfUser, "node_modules", name);
  const needed = Object.keys(readManifest(folder).dependencies ?? {});
  return [
    { name, folder, place },
    ...needed.flatMap((each) => withDependencies(each, folder, place)),
  ];
}

function filesOf({ folder, place }: InstalledPackage): ArchiveFile[] {
  return filesBelow(folder, place, (name) => !NESTED.test(name) && LOADED.test(name));
}

const NESTED = /(^|[\\/])node_modules[\\/]/;
const LOADED = /\.(js|cjs|mjs|json|node)$/;

function keyOf(packages: readonly InstalledPackage[]): string {
  const list = packages.map(({ folder, place }) => `${place}@${readManifest(folder).version}`);
  return createHash("sha256").update(list.join("\n")).digest("hex").slice(0, 12);
}
