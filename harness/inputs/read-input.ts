import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import { standStill } from "./stand-still.ts";

/** A pipe that no process has opened for writing. */
export class SilentPipe extends Error {
  override readonly name = "SilentPipe";
  constructor() {
    super("nothing writes to this pipe");
  }
}

/**
 * The bytes of a file that the user names, at most one more than `most`: of what never ends, such as /dev/zero, no more
 * is read than it takes to know that it is too much. Throws the system's error, or SilentPipe.
 */
export function readInput(file: string, most: number): Buffer {
  const descriptor = openSync(file, WITHOUT_WAITING);
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile() && stats.size <= most) return readFileSync(descriptor);
    return readStart(descriptor, most);
  } finally {
    closeSync(descriptor);
  }
}

/** The text of a file that the user names, in pieces. Throws as `readInput` does. */
export async function* inputText(file: string): AsyncGenerator<string> {
  // Loaded late: every run would pay for it, and few read results.
  const { open } = await import("node:fs/promises");
  const handle = await open(file, WITHOUT_WAITING);
  try {
    const writer = watchForWriter((await handle.stat()).isFIFO());
    const decoder = new StringDecoder("utf8");
    const buffer = Buffer.allocUnsafe(PIECE);
    for (;;) {
      const count = await handle
        .read(buffer, 0, PIECE, null)
        .then(({ bytesRead }) => bytesRead, ifNothingYet);
      if (writer.isOver(count)) break;
      if (count > 0) yield decoder.write(buffer.subarray(0, count));
      else await sleep(LOOK_EVERY_MS);
    }
    const torn = decoder.end();
    if (torn !== "") yield torn;
  } finally {
    await handle.close();
  }
}

// Opening a pipe waits for its other end in the system, where no signal that we handle ends it. Windows has no such flag.
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const PIECE = 64 * 1024;
const LOOK_EVERY_MS = 10;
// More than a shell takes between the two ends of a pipe that it starts.
const MOST_WAIT_MS = 1000;

function readStart(descriptor: number, most: number): Buffer {
  const writer = watchForWriter(fstatSync(descriptor).isFIFO());
  const pieces: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, most + 1 - length));
    const count = readSome(descriptor, piece);
    if (writer.isOver(count)) break;
    if (count > 0) pieces.push(piece.subarray(0, count));
    else standStill(LOOK_EVERY_MS);
    length += Math.max(count, 0);
  }
  return Buffer.concat(pieces);
}

function readSome(descriptor: number, piece: Buffer): number {
  try {
    return readSync(descriptor, piece, 0, piece.length, null);
  } catch (error) {
    return ifNothingYet(error);
  }
}

/** Instead of a count of bytes: there may be some later. */
const NOTHING_YET = -1;

function ifNothingYet(error: unknown): number {
  if ((error as NodeJS.ErrnoException).code === "EAGAIN") return NOTHING_YET;
  throw error;
}

/** Tells the end of a file from a pipe that nothing has opened for writing yet: both read as no bytes. */
function watchForWriter(isPipe: boolean): { isOver(count: number): boolean } {
  const begunAt = performance.now();
  let isThere = !isPipe;
  return {
    isOver(count) {
      if (count !== 0) isThere = true;
      if (isThere) return count === 0;
      if (performance.now() - begunAt > MOST_WAIT_MS) throw new SilentPipe();
      return false;
    },
  };
}
