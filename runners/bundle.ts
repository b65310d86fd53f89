import { readFileSync } from "node:fs";
import path from "node:path";
import { packArchive, type ArchiveFile } from "./archive.ts";
import { filesBelow } from "./files-below.ts";
import { PACKAGE_ROOT } from "../harness/package-root.ts";
import { prepareDependencies } from "./prepare/dependencies.ts";
import type { HostSystem } from "./prepare/native-koffi.ts";
import type { Preparation } from "./prepare/preparation.ts";

/**
 * All that a host with nothing but Node needs to run the harness, as archives to be unpacked into one folder:
 * what the harness depends on, which is packed once, and the harness with its case files, as they are now.
 */
export async function makeBundle(system: HostSystem, preparation: Preparation): Promise<Buffer[]> {
  return [await prepareDependencies(system, preparation), packArchive(ownFiles())];
}

function ownFiles(): ArchiveFile[] {
  const program = filesBelow(path.join(PACKAGE_ROOT, "dist"), "dist", isBundled);
  const cases = filesBelow(path.join(PACKAGE_ROOT, "cases"), "cases", isCaseFile);
  const manifest = readFileSync(path.join(PACKAGE_ROOT, "package.json"));
  return [{ path: "package.json", content: manifest }, ...program, ...cases];
}

// What stands beside it is for those who import the package.
const isBundled = (name: string): boolean => /\.cjs$|^compiled-cases/.test(name);
const isCaseFile = (name: string): boolean => name.endsWith(".yaml");
