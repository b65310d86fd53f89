import { readFileSync } from "node:fs";
import path from "node:path";
import { packArchive, type ArchiveFile } from "./archive.ts";
import { filesBelow } from "./files-below.ts";
import { OWN_FOLDER } from "./own-package.ts";
import { prepareDependencies } from "./prepare/dependencies.ts";
import type { HostSystem } from "./prepare/native-koffi.ts";
import type { Preparation } from "./prepare/preparation.ts";

/** The program as it starts in a bundle. */
export const BUNDLE_ENTRY = "dist/harness/main.js";

/**
 * All that a host with nothing but Node needs to run the harness, as archives to be unpacked into one folder:
 * what the harness depends on, which is packed once, and the harness with its case files, as they are now.
 */
export async function makeBundle(system: HostSystem, preparation: Preparation): Promise<Buffer[]> {
  return [await prepareDependencies(system, preparation), packArchive(ownFiles())];
}

function ownFiles(): ArchiveFile[] {
  const program = filesBelow(path.join(OWN_FOLDER, "dist"), "dist", isCode);
  const cases = filesBelow(path.join(OWN_FOLDER, "cases"), "cases", isCaseFile);
  const manifest = readFileSync(path.join(OWN_FOLDER, "package.json"));
  return [{ path: "package.json", content: manifest }, ...program, ...cases];
}

const isCode = (name: string): boolean => /\.(js|cjs|mjs|json)$/.test(name);
const isCaseFile = (name: string): boolean => name.endsWith(".yaml");
