import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../cache-folder.ts";
import { makeOnce } from "../prepare/make-once.ts";
import type { Preparation } from "../prepare/preparation.ts";
import type { PackagedVersion } from "./catalog.ts";
import { findDebianSource } from "./debian-source.ts";
import { openPrivateApt } from "./private-apt.ts";
import { PACKAGED_SYSTEMS } from "./suites.ts";

/** A version that is unpacked in the cache. */
export interface InstalledVersion {
  readonly name: string;
  readonly version: string;
  /** Its /usr with everything that its programs need, below this folder. */
  readonly root: string;
}

/**
 * Unpacks a version below the cache: whole or not at all, and once. No script of a package is run, so that no right
 * is needed. Throws TargetProblem.
 */
export async function installVersion(
  { name, version, suite, cost }: PackagedVersion,
  { signal, say }: Preparation,
): Promise<InstalledVersion> {
  const root = rootOf(name, version);
  await makeOnce(root, async (temporary) => {
    say(`${name}@${version}: ${cost.download} to download, ${cost.disk} on disk, in ${root}`);
    const apt = await openPrivateApt(suite, await findDebianSource());
    const archives = await apt.download(PACKAGED_SYSTEMS[name].packages, signal);
    await makeUsrLinks(temporary);
    for (const [index, archive] of archives.entries()) {
      if (index % SAID_EVERY === 0)
        say(`${name}@${version}: unpacking, ${index} of ${archives.length} packages`);
      await unpack(archive, temporary, signal);
    }
    for (const archive of archives) await rm(archive, { force: true });
  });
  return { name, version, root };
}

const SAID_EVERY = 50;

/** The versions that are unpacked in the cache. */
export async function installedVersions(): Promise<InstalledVersion[]> {
  const folders = await readdir(versionsFolder()).catch(() => []);
  return folders.flatMap((folder) => {
    const [, name, version] = /^([a-z]+)-([\w.]+)$/.exec(folder) ?? [];
    return name === undefined || version === undefined
      ? []
      : [{ name, version, root: path.join(versionsFolder(), folder) }];
  });
}

/** Removes an unpacked version. It loses its name first, so that a kill in the middle leaves no half of it in use. */
export async function removeVersion({ root }: InstalledVersion): Promise<void> {
  const leftover = `${root}.making-${randomUUID()}`;
  await rename(root, leftover);
  await rm(leftover, { recursive: true, force: true });
}

/** Since Debian 12 these are links (UsrMerge); packages of older releases still have files below them. */
async function makeUsrLinks(root: string): Promise<void> {
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    await mkdir(path.join(root, "usr", name), { recursive: true });
    await symlink(path.join("usr", name), path.join(root, name));
  }
}

async function unpack(archive: string, root: string, signal: AbortSignal): Promise<void> {
  const { execa } = await import("execa");
  const files = execa("dpkg-deb", ["--fsys-tarfile", archive], {
    stdin: "ignore",
    cancelSignal: signal,
    buffer: false,
  });
  const flags = ["--extract", "--no-same-owner", "--keep-directory-symlink", "--directory", root];
  await files.pipe("tar", [...flags, ...NOT_NEEDED.map((pattern) => `--exclude=${pattern}`)]);
}

const NOT_NEEDED = ["./usr/share/doc", "./usr/share/man", "./usr/share/locale"];

function rootOf(name: string, version: string): string {
  return path.join(versionsFolder(), `${name}-${version}`);
}

function versionsFolder(): string {
  return path.join(cacheFolder(), "versions");
}
