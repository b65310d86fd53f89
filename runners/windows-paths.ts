import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { TargetProblem } from "./runner.ts";

/** Gives the function that writes an absolute path of this machine as programs in the Wine prefix know it. */
export async function windowsPaths(prefix: string): Promise<(path: string) => string> {
  const devices = join(prefix, "dosdevices");
  const names = await readdir(devices).catch(() => {
    throw new TargetProblem(
      `${prefix} is not a Wine prefix; make it one with: WINEPREFIX='${prefix}' wineboot`,
    );
  });
  for (const drive of names.filter((name) => /^[a-z]:$/.test(name))) {
    const root = await realpath(join(devices, drive)).catch(() => null);
    if (root === "/") return (path) => `${drive.toUpperCase()}${path}`;
  }
  throw new TargetProblem(
    `The Wine prefix ${prefix} has no drive for this machine's files; add it with: ln -s / '${devices}/z:'`,
  );
}
