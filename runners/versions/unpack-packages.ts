import { mkdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import type { Preparation } from "../prepare/preparation.ts";

/**
 * Unpacks Debian packages into a folder that becomes their root. No script of a package is run, so no right is needed.
 * The archives are removed afterwards.
 */
export async function unpackPackages(
  archives: readonly string[],
  root: string,
  { signal, say }: Preparation,
): Promise<void> {
  await makeUsrLinks(root);
  for (const [index, archive] of archives.entries()) {
    if (index > 0 && index % SAID_EVERY === 0)
      say(`unpacked ${index} of ${archives.length} packages`);
    await unpack(archive, root, signal);
  }
  for (const archive of archives) await rm(archive, { force: true });
}

const SAID_EVERY = 50;

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
