import { constants as osConstants } from "node:os";
import { IPPROTO_IPV6, IPPROTO_TCP, IPPROTO_UDP, SOCK_DGRAM, SOCK_STREAM } from "./constants.ts";
import type { Program, Step, StepResult } from "./protocol.ts";
import { MAX_SOCKADDR_SIZE, decodeSocketAddress, encodeSocketAddress } from "./socket-address.ts";
import type { Sockets } from "./sockets.ts";

const LISTEN_BACKLOG = 16;
const INT_SIZE = 4;
// Callers name their sockets from 1.
const PROBE_SOCKET = 0;

/** Carries programs out on a system's sockets; keeps the sockets that are open by their caller's names. */
export function createPerformer(sockets: Sockets): (program: Program) => StepResult[] {
  const open = new Map<number, number | bigint>();
  const perform = createStepPerformer(sockets, open);
  return (program) => {
    const results: StepResult[] = [];
    for (const step of program) {
      const result = performSafely(perform, step);
      results.push(result);
      if (result.errno !== undefined || result.problem !== undefined) break;
    }
    return results;
  };
}

function performSafely(perform: (step: Step) => StepResult, step: Step): StepResult {
  try {
    return perform(step);
  } catch (error) {
    return { problem: `${step.do}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function createStepPerformer(
  sockets: Sockets,
  open: Map<number, number | bigint>,
): (step: Step) => StepResult {
  const { constants } = sockets;
  const value = Buffer.alloc(INT_SIZE);
  const size = Buffer.alloc(INT_SIZE);
  const address = Buffer.alloc(MAX_SOCKADDR_SIZE);
  const handle = (name: number): number | bigint => {
    const found = open.get(name);
    if (found === undefined) throw new Error(`there is no socket ${name}`);
    return found;
  };
  // The error is read at once: it belongs to the call that was made just before.
  const done = (returned: number): StepResult => (returned === 0 ? {} : failure(sockets));

  const perform = (step: Step): StepResult => {
    switch (step.do) {
      case "socket": {
        const family = step.family === "ipv4" ? constants.AF_INET : constants.AF_INET6;
        const [type, protocol] =
          step.protocol === "tcp" ? [SOCK_STREAM, IPPROTO_TCP] : [SOCK_DGRAM, IPPROTO_UDP];
        const created = sockets.socket(family, type, protocol);
        if (created === sockets.invalidSocket) return failure(sockets);
        open.set(step.socket, created);
        return {};
      }
      case "set-option": {
        const [level, option] = optionNumbers(sockets, step.option);
        value.writeInt32LE(step.value);
        return done(sockets.setsockopt(handle(step.socket), level, option, value, INT_SIZE));
      }
      case "get-option": {
        const [level, option] = optionNumbers(sockets, step.option);
        value.writeInt32LE(0);
        size.writeInt32LE(INT_SIZE);
        const returned = sockets.getsockopt(handle(step.socket), level, option, value, size);
        return returned === 0 ? { value: readOption(value, size) } : failure(sockets);
      }
      case "bind": {
        const bytes = encodeSocketAddress(step, step.family, constants, sockets.address);
        return done(sockets.bind(handle(step.socket), bytes, bytes.length));
      }
      case "listen":
        return done(sockets.listen(handle(step.socket), LISTEN_BACKLOG));
      case "local-address": {
        size.writeInt32LE(address.length);
        const returned = sockets.getsockname(handle(step.socket), address, size);
        return returned === 0
          ? decodeSocketAddress(address, constants, sockets.address)
          : failure(sockets);
      }
      case "close": {
        const closing = handle(step.socket);
        open.delete(step.socket);
        return done(sockets.close(closing));
      }
      case "probe": {
        const own = { ...step, socket: PROBE_SOCKET };
        const opened = perform({ ...own, do: "socket" });
        if (opened.errno !== undefined) return opened;
        if (step.family === "ipv6")
          perform({
            do: "set-option",
            socket: PROBE_SOCKET,
            option: "IPV6_V6ONLY",
            value: step.v6Only,
          });
        const bound = perform({ ...own, do: "bind" });
        perform({ do: "close", socket: PROBE_SOCKET });
        return bound;
      }
    }
  };
  return perform;
}

function failure(sockets: Sockets): StepResult {
  const errno = sockets.lastError();
  return { errno, code: ERROR_NAMES.get(errno) ?? `error ${errno}` };
}

// Node's own table of the system that it runs on; on Windows it holds the WSA names too, which win there
// because Winsock reports numbers of 10000 and above. EAGAIN and EWOULDBLOCK share a number on POSIX: the first stays.
const ERROR_NAMES = new Map<number, string>();
for (const [name, number] of Object.entries(osConstants.errno))
  if (!ERROR_NAMES.has(number)) ERROR_NAMES.set(number, name);

function optionNumbers(sockets: Sockets, option: string): [level: number, option: number] {
  if (option === "IPV6_V6ONLY") return [IPPROTO_IPV6, sockets.constants.IPV6_V6ONLY];
  const number = sockets.constants.options[option];
  if (number === undefined) throw new Error(`${option} is not an option of this system`);
  return [sockets.constants.SOL_SOCKET, number];
}

// Some systems fill one byte for a boolean option (Windows' getsockopt page allows BOOL and smaller).
function readOption(value: Buffer, size: Buffer): number {
  return size.readInt32LE() === 1 ? value.readUInt8() : value.readInt32LE();
}
