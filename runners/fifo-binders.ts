import { spawn, spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readSync, rmSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { BinderChannel, ChannelEvents } from "../harness/binder/channel.ts";
import { withoutPassword } from "../harness/binder/public-environment.ts";
import type { StartBinder } from "../harness/binder-client/binder-process.ts";

/** How binders are started that get no pipes from outside, as under Wine. */
export interface FifoSettings {
  /** What starts one; the names of its two FIFOs follow. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the FIFOs are made. */
  readonly folder: string;
  /** A path of this machine as the binder knows it. */
  readonly pathThere: (path: string) => string;
}

/** Binders that read requests from a FIFO and write replies to another one. */
export function fifoBinders(settings: FifoSettings): StartBinder {
  let binders = 0;
  return (events) => openFifoChannel(join(settings.folder, String(++binders)), settings, events);
}

function openFifoChannel(
  name: string,
  { words, environment, pathThere }: FifoSettings,
  events: ChannelEvents,
): BinderChannel {
  const [input, output, errors] = [`${name}.in`, `${name}.out`, `${name}.err`];
  const made = spawnSync("mkfifo", [input, output], { encoding: "utf8" });
  if (made.status !== 0) {
    setImmediate(() => events.onEnd(`cannot be started: ${made.error?.message ?? made.stderr}`));
    return { write: () => undefined, kill: () => undefined };
  }
  // Both ends of each are ours too: neither side waits for the other to open it, and they end with this process.
  const flags = constants.O_RDWR | constants.O_NONBLOCK;
  const [toBinder, fromBinder] = [openSync(input, flags), openSync(output, flags)];
  const requests = new net.Socket({ fd: toBinder, readable: false, writable: true });
  const replies = new net.Socket({ fd: fromBinder, readable: true, writable: false });
  const decoder = new StringDecoder("utf8");
  replies.on("data", (chunk) => events.onText(decoder.write(chunk)));
  for (const socket of [requests, replies]) socket.on("error", () => undefined);
  const said = openSync(errors, "w+");
  const [file, ...rest] = [...words, "--files", pathThere(input), pathThere(output)];
  const child = spawn(file, rest, {
    env: { ...withoutPassword(), ...environment },
    stdio: ["ignore", "ignore", said],
  });
  let isOver = false;
  const finish = (how: string): void => {
    if (isOver) return;
    isOver = true;
    for (const chunk of readRest(fromBinder)) events.onText(decoder.write(chunk));
    for (const socket of [requests, replies]) socket.destroy();
    events.onWords(readEnd(said));
    closeSync(said);
    for (const each of [input, output, errors]) rmSync(each, { force: true });
    events.onEnd(how);
  };
  child.once("exit", (code, signal) => finish(`ended by itself (${signal ?? `exit ${code}`})`));
  child.once("error", (error) => finish(`cannot be started: ${error.message}`));
  return {
    write: (text) => void requests.write(text),
    kill: () => void child.kill("SIGKILL"),
  };
}

const MOST_WORDS_BYTES = 400;
const CHUNK_BYTES = 64 * 1024;

/** The end of what a binder wrote to an open file, whose folder may be gone with the run. */
function readEnd(descriptor: number): string {
  const words = Buffer.alloc(MOST_WORDS_BYTES);
  const start = Math.max(0, fstatSync(descriptor).size - words.length);
  return words.toString("utf8", 0, readSync(descriptor, words, 0, words.length, start));
}

/** What a binder wrote before it ended and that has not been read. */
function* readRest(descriptor: number): Generator<Buffer> {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  try {
    for (;;) yield chunk.subarray(0, readSync(descriptor, chunk));
  } catch {
    // Empty: it would have to wait for more.
  }
}
