import { renameSync, rmSync } from "node:fs";
import { standStill } from "../inputs/stand-still.ts";

/** Renames a file or a folder, also where Windows holds it for a moment. */
export function renameHeld(from: string, to: string): void {
  untilFree(() => renameSync(from, to));
}

/** Removes a file if it is there, also where Windows holds it for a moment. */
export function removeHeld(file: string): void {
  untilFree(() => rmSync(file, { force: true }));
}

const TRIES = 20;
const WAIT_MS = 100;
const HELD: ReadonlySet<string> = new Set(["EBUSY", "EPERM", "EACCES"]);

/** On Windows a file that has just been written may be held for a moment, by a virus scanner for example. */
export function untilFree(use: () => void, platform: NodeJS.Platform = process.platform): void {
  for (let left = TRIES; ; left -= 1) {
    try {
      return use();
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (left === 0 || platform !== "win32" || !HELD.has(code)) throw error;
      standStill(WAIT_MS);
    }
  }
}
