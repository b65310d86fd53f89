import { open, type FileHandle } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { wholeLines } from "../harness/results/whole-lines.ts";
import { TargetProblem } from "./runner.ts";

const POLL_MS = 20;
const CHUNK_BYTES = 64 * 1024;

/**
 * The lines of a file that another program is writing, parsed as JSON, as they become complete.
 * Ends when `isOver` says that the writer has ended and everything was read; a last line without
 * a line feed was cut off and is dropped. Polls, because file events do not pass every border
 * (emulators, sandboxes, shared folders).
 */
export async function* tailLines(file: string, isOver: () => boolean): AsyncGenerator<object> {
  for await (const line of wholeLines(textOf(file, isOver))) yield parse(line);
}

async function* textOf(file: string, isOver: () => boolean): AsyncGenerator<string> {
  const handle = await open(file, "r");
  const decoder = new TextDecoder();
  try {
    for (;;) {
      // Asked before the read: what the writer wrote before it ended is then surely seen.
      const over = isOver();
      const bytes = await readMore(handle);
      if (bytes.length > 0) yield decoder.decode(bytes, { stream: true });
      else if (over) return;
      else await sleep(POLL_MS);
    }
  } finally {
    await handle.close();
  }
}

async function readMore(handle: FileHandle): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
  return buffer.subarray(0, bytesRead);
}

function parse(text: string): object {
  try {
    const line = JSON.parse(text) as object | null;
    if (typeof line === "object" && line !== null) return line;
  } catch {
    // Told below.
  }
  throw new TargetProblem(`The target wrote a line that is no result: ${text.slice(0, 100)}`);
}
