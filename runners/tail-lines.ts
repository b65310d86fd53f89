import { open, type FileHandle } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { TargetProblem } from "./runner.ts";

const POLL_MS = 20;
const CHUNK_BYTES = 64 * 1024;

/**
 * The lines of a file that another program is writing, parsed as JSON, as they become complete.
 * Ends when `isOver` says that the writer has ended and everything was read; a last line without
 * a line feed was cut off and is dropped. Polls, because file events do not pass every border
 * (emulators, sandboxes, shared folders).
 */
export async function* tailLines(file: string, isOver: () => boolean): AsyncGenerator {
  const handle = await open(file, "r");
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      // Asked before the read: what the writer wrote before it ended is then surely seen.
      const over = isOver();
      const bytes = await readMore(handle);
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield parse(line);
      if (bytes.length > 0) continue;
      if (over) return;
      await sleep(POLL_MS);
    }
  } finally {
    await handle.close();
  }
}

async function readMore(handle: FileHandle): Promise<Uint8Array> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
  return buffer.subarray(0, bytesRead);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new TargetProblem(`The target wrote a line that is no result: ${line.slice(0, 100)}`);
  }
}
