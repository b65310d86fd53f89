import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import net from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { loadLibc } from "../../binder/libc.ts";
import { loadKoffi } from "../../binder/load-koffi.ts";

/** What a command writes: all of it is read, and no more than its end is kept. */
export interface CommandOutput {
  /** For its stdout and stderr. */
  readonly stdio: number | "pipe";
  /** Reads what a command that was started with it writes. */
  follow(command: ChildProcess): void;
  /** Resolves when all has been read of a command that writes no more; of another one after a moment. */
  settled(): Promise<void>;
  words(): string;
}

const MOST_BYTES = 4096;

/**
 * On Linux a pipe as a shell makes it, which a program may open once more by /dev/stdout; it cannot do that with the
 * socket that Node would make. Elsewhere Node's own.
 */
export function openOutput(): CommandOutput {
  const pipe = process.platform === "linux" ? openPipe() : null;
  let end = Buffer.alloc(0);
  const over: Promise<unknown>[] = [];
  const keepEndOf = (stream: Readable | null): void => {
    stream?.on("data", (chunk: Buffer) => {
      end = Buffer.concat([end, chunk.subarray(-MOST_BYTES)]).subarray(-MOST_BYTES);
    });
    stream?.on("error", () => undefined); // then it has no more to say
    if (stream) over.push(once(stream, "close").catch(() => undefined));
  };
  return {
    stdio: pipe?.write ?? "pipe",
    follow(command) {
      if (pipe === null) return [command.stdout, command.stderr].forEach(keepEndOf);
      closeSync(pipe.write);
      const reader = new net.Socket({ fd: pipe.read, readable: true, writable: false });
      reader.unref();
      keepEndOf(reader);
    },
    async settled() {
      await Promise.race([Promise.all(over), sleep(MOMENT_MS)]);
    },
    words: () => end.toString("utf8"),
  };
}

// More than it takes to read the 64 KiB that a pipe holds (pipe(7)), also on a busy machine.
const MOMENT_MS = 2000;
// include/uapi/asm-generic/fcntl.h
const O_CLOEXEC = 0o2000000;

function openPipe(): { readonly read: number; readonly write: number } {
  const pipe2 = loadLibc(loadKoffi()).func("int pipe2(void *, int)");
  const ends = Buffer.alloc(8);
  if (pipe2(ends, O_CLOEXEC) !== 0) throw new Error("no pipe can be made");
  return { read: ends.readInt32LE(0), write: ends.readInt32LE(4) };
}
