import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const LEFTOVER_AGE_MS = 60 * 60 * 1000;

/**
 * Makes a folder if it is not there yet. It is made under another name and then renamed, so that it is
 * either whole or not there; of several makers at once the first wins and the others use what it made.
 */
export async function makeOnce(
  folder: string,
  make: (temporary: string) => Promise<void>,
): Promise<void> {
  if (await exists(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  await removeLeftovers(folder);
  const temporary = `${folder}.making-${randomUUID()}`;
  await mkdir(temporary);
  try {
    await make(temporary);
    await rename(temporary, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** What makers left that were killed; a younger one may still be at work. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.making-`)) continue;
    const path = join(dirname(folder), name);
    const made = await stat(path).catch(() => null);
    if (made && Date.now() - made.mtimeMs > LEFTOVER_AGE_MS)
      await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
