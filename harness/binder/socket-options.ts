import { IPPROTO_IPV6, IPPROTO_UDP, SOCK_DGRAM } from "./constants.ts";
import type { OpenStep, OptionBytes } from "./protocol.ts";
import type { Sockets } from "./sockets.ts";
import { failure, type Workbench } from "./workbench.ts";

const INT_SIZE = 4;
const value = Buffer.alloc(INT_SIZE);
const size = Buffer.alloc(INT_SIZE);

/** Sets an option by its name in C to an int; returns what setsockopt returns. Throws when the system has none such. */
export function setOption(
  sockets: Sockets,
  socket: number | bigint,
  option: string,
  to: number,
): number {
  const { constants } = sockets;
  value.writeInt32LE(to);
  if (option === "IPV6_V6ONLY")
    return sockets.setsockopt(socket, IPPROTO_IPV6, constants.IPV6_V6ONLY, value, INT_SIZE);
  const number = numberOf(constants.options, option) ?? numberOf(constants.bufferOptions, option);
  if (number === undefined) throw new Error(`${option} is not an option of this system`);
  return sockets.setsockopt(socket, constants.SOL_SOCKET, number, value, INT_SIZE);
}

/** Sets an option of a socket that is opened; returns what setsockopt returns. */
export function applyOption(
  sockets: Sockets,
  socket: number | bigint,
  option: string | OptionBytes,
): number {
  if (typeof option === "string") return setOption(sockets, socket, option, 1);
  const bytes = Buffer.from(option.hex, "hex");
  return sockets.setsockopt(socket, option.level, option.number, bytes, bytes.length);
}

function numberOf(numbers: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(numbers, name) ? numbers[name] : undefined;
}

/** Options that say who may share a port and that this system does not tell, tried on a socket. */
export function unreadableOptions(sockets: Sockets): string[] {
  const { AF_INET, options, SOL_SOCKET } = sockets.constants;
  const socket = sockets.socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  if (socket === sockets.invalidSocket) return [];
  const silent = Object.entries(options).flatMap(([name, number]) => {
    size.writeInt32LE(INT_SIZE);
    return sockets.getsockopt(socket, SOL_SOCKET, number, value, size) === 0 ? [] : [name];
  });
  sockets.close(socket);
  return silent;
}

/**
 * Every option that says who may share a port, as getsockopt gives it, without those that this system does not tell, and
 * those that were set as bytes and that it tells. Throws when it gives none.
 */
export function readOptions(
  { sockets, unreadable }: Pick<Workbench, "sockets" | "unreadable">,
  socket: number | bigint,
  { family, options: asked }: Pick<OpenStep, "family" | "options">,
): Record<string, number> {
  const { options, SOL_SOCKET, IPV6_V6ONLY } = sockets.constants;
  const found: Record<string, number> = {};
  const read = (name: string, level: number, number: number): void => {
    value.writeInt32LE(0);
    size.writeInt32LE(INT_SIZE);
    if (sockets.getsockopt(socket, level, number, value, size) !== 0)
      throw new Error(`${name} cannot be read: ${failure(sockets).code}`);
    found[name] = readInt();
  };
  for (const name in options) if (!unreadable.has(name)) read(name, SOL_SOCKET, options[name] ?? 0);
  if (family === "ipv6") read("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY);
  for (const option of asked) {
    const inForce = typeof option === "string" ? null : readInForce(sockets, socket, option);
    if (typeof option !== "string" && inForce !== null) found[option.option] = inForce;
  }
  return found;
}

/** A number as it is, and of anything else whether it is what was set; null where the system does not tell. */
function readInForce(
  { getsockopt }: Sockets,
  socket: number | bigint,
  { level, number, hex }: OptionBytes,
): number | null {
  const bytes = Buffer.from(hex, "hex");
  const room = Buffer.alloc(MOST_OF_A_VALUE);
  size.writeInt32LE(room.length);
  if (getsockopt(socket, level, number, room, size) !== 0) return null;
  const length = size.readInt32LE();
  if (bytes.length === INT_SIZE && length <= INT_SIZE)
    return length === 1 ? room.readUInt8() : room.readInt32LE();
  return Number(room.subarray(0, bytes.length).equals(bytes));
}

const MOST_OF_A_VALUE = 512;

// Some systems fill one byte for a boolean option (Windows' getsockopt page allows BOOL and smaller).
function readInt(): number {
  return size.readInt32LE() === 1 ? value.readUInt8() : value.readInt32LE();
}
