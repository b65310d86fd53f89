import { beginConnecting } from "./connecting.ts";
import { keepWithin, noteOption } from "./keep-within.ts";
import type { Step } from "./protocol.ts";
import {
  done,
  encodedName,
  failure,
  handleOf,
  type Performers,
  type Workbench,
} from "./workbench.ts";

type OptionStepName = "get-option" | "set-bytes" | "begin-connect" | "disconnect";

// No option of any system is longer than the bytes behind the room, which show whether a call writes past it.
const GUARD_SIZE = 1024;
const FILLER = 0xa5;
const OTHER_FILLER = 0x5a;
const size = Buffer.alloc(4);

/** The steps that ask any option by its number, and what else it takes to ask one. */
export const optionSteps: Performers<OptionStepName> = {
  "get-option"(step, bench) {
    const answer = ask(step, bench, FILLER);
    if (answer === null) return failure(bench.sockets);
    const { room, length } = answer;
    // Wine leaves the caller's length as it was in some calls, and writes fewer bytes than it says in others: the filler
    // is not a part of the value. A byte that happens to equal it is told by another.
    const isShort = answer.written < Math.min(length, step.size);
    const again = isShort ? ask(step, bench, OTHER_FILLER) : null;
    const written = Math.max(answer.written, again?.written ?? 0);
    return { bytes: room.subarray(0, written).toString("hex"), length };
  },
  "set-bytes"(step, bench) {
    const bytes = Buffer.from(step.hex, "hex");
    const socket = handleOf(bench, step.socket);
    bench.sockets.clearError();
    const { setsockopt } = bench.sockets;
    const set = done(setsockopt(socket, step.level, step.number, bytes, bytes.length), bench);
    if (set.errno === undefined) noteOption(bench, step.socket, step);
    return set;
  },
  "begin-connect"(step, bench) {
    const name = encodedName(bench, step);
    keepWithin(bench, step, name);
    return beginConnecting(bench, handleOf(bench, step.socket), name);
  },
  disconnect(step, bench) {
    const { AF_INET, AF_INET6, sockaddrHasLength } = bench.sockets.constants;
    // POSIX connect(): AF_UNSPEC takes the peer away; Microsoft's connect() takes an address of zeros.
    const family = step.family === "ipv4" ? AF_INET : AF_INET6;
    const bytes = Buffer.alloc(step.family === "ipv4" ? 16 : 28);
    if (process.platform === "win32") bytes.writeUInt16LE(family, 0);
    if (sockaddrHasLength) bytes.writeUInt8(bytes.length, 0);
    const socket = handleOf(bench, step.socket);
    return done(bench.sockets.connect(socket, bytes, bytes.length), bench);
  },
};

/** The bytes that a call wrote, and those that it says it wrote; null where it failed. */
function ask(
  { socket, level, number, size: most }: Extract<Step, { do: "get-option" }>,
  bench: Workbench,
  filler: number,
): { readonly room: Buffer; readonly written: number; readonly length: number } | null {
  const { sockets } = bench;
  const room = Buffer.alloc(most + GUARD_SIZE, filler);
  size.writeInt32LE(most);
  // Wine 5 fails in some calls without setting an error: that of an earlier call would be read.
  sockets.clearError();
  if (sockets.getsockopt(handleOf(bench, socket), level, number, room, size) !== 0) return null;
  const written = room.findLastIndex((byte) => byte !== filler) + 1;
  return { room, written, length: size.readInt32LE() };
}
