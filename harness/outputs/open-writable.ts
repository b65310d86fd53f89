import { closeSync, constants, fstatSync, openSync } from "node:fs";
import { InputError } from "../model/problem.ts";
import { standStill } from "../inputs/stand-still.ts";

/** Opens a file to write it anew, or on from its end. Throws InputError, also where nothing reads from a pipe. */
export function openWritable(file: string, flags: "w" | "a"): number {
  try {
    const first = openWithoutWaiting(file, flags);
    if (fstatSync(first).isFile()) return first;
    // A pipe has its reader now: from here on it may take its time.
    try {
      return openSync(file, flags);
    } finally {
      closeSync(first);
    }
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** That a file cannot be written, and why. */
export function unwritable(file: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  const isBelowFile = code === "ENOTDIR" || code === "EEXIST";
  const why = isBelowFile ? "a part of its path is not a folder" : message;
  return new InputError([`${file} cannot be written: ${why}`]);
}

const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND, O_NONBLOCK } = constants;
const FLAGS = { w: O_WRONLY | O_CREAT | O_TRUNC, a: O_WRONLY | O_CREAT | O_APPEND };

const LOOK_EVERY_MS = 10;
// More than a shell takes between the two ends of a pipe that it starts.
const MOST_WAIT_MS = 1000;

/** Opening a pipe waits for its reader in the system, where no signal that we handle ends it. */
function openWithoutWaiting(file: string, flags: "w" | "a"): number {
  const begunAt = performance.now();
  for (;;) {
    try {
      // Windows has no such flag.
      return openSync(file, FLAGS[flags] | (O_NONBLOCK ?? 0), 0o666);
    } catch (error) {
      // ENXIO: fifo(7), "Under Linux, opening a FIFO ... for write only in nonblocking mode fails".
      if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error;
      if (performance.now() - begunAt > MOST_WAIT_MS)
        throw new Error("nothing reads from it", { cause: error });
      standStill(LOOK_EVERY_MS);
    }
  }
}
