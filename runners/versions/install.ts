import { randomUUID } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { makeOnce } from "../prepare/make-once.ts";
import type { Preparation } from "../prepare/preparation.ts";

/** A version that is unpacked in the cache. */
export interface InstalledVersion {
  readonly name: string;
  readonly version: string;
  /** Folder of its files: a /usr of Debian, or npm's packages for Node. */
  readonly root: string;
}

/** A version that can be had, and how its files get into a folder. */
export interface InstallableVersion {
  readonly name: string;
  readonly version: string;
  /** `79.2 MB to download, 423 MB on disk`. */
  readonly cost: () => Promise<string>;
  /** Fills a folder. Throws TargetProblem. */
  readonly fill: (folder: string, preparation: Preparation) => Promise<void>;
}

/** Installs a version below the cache: whole or not at all, and once. Throws TargetProblem. */
export async function installVersion(
  { name, version, cost, fill }: InstallableVersion,
  preparation: Preparation,
): Promise<InstalledVersion> {
  const root = path.join(versionsFolder(), `${name}-${version}`);
  await makeOnce(root, async (temporary) => {
    preparation.say(`${name}@${version}: ${await cost()}, in ${root}`);
    await fill(temporary, preparation);
  });
  return { name, version, root };
}

/** The versions that are in the cache. */
export async function installedVersions(): Promise<InstalledVersion[]> {
  const folders = await readdir(versionsFolder()).catch(() => []);
  return folders.flatMap((folder) => {
    const [, name, version] = /^([a-z]+)-([\w.]+)$/.exec(folder) ?? [];
    return name === undefined || version === undefined
      ? []
      : [{ name, version, root: path.join(versionsFolder(), folder) }];
  });
}

/** Removes an installed version. It loses its name first, so that a kill in the middle leaves no half of it in use. */
export async function removeVersion({ root }: InstalledVersion): Promise<void> {
  const leftover = `${root}.making-${randomUUID()}`;
  await rename(root, leftover);
  await rm(leftover, { recursive: true, force: true });
}

function versionsFolder(): string {
  return path.join(cacheFolder(), "versions");
}
