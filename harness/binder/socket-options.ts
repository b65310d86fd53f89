import { IPPROTO_IPV6, IPPROTO_UDP, SOCK_DGRAM } from "./constants.ts";
import type { OpenStep } from "./protocol.ts";
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
  const further = furtherOption(sockets, option);
  if (further !== null) {
    const { level, number, bytes } = further;
    return sockets.setsockopt(socket, level, number, bytes, bytes.length);
  }
  value.writeInt32LE(to);
  if (option === "IPV6_V6ONLY")
    return sockets.setsockopt(socket, IPPROTO_IPV6, constants.IPV6_V6ONLY, value, INT_SIZE);
  const number = numberOf(constants.options, option) ?? numberOf(constants.bufferOptions, option);
  if (number === undefined) throw new Error(`${option} is not an option of this system`);
  return sockets.setsockopt(socket, constants.SOL_SOCKET, number, value, INT_SIZE);
}

/** One of the options that are set only where they are asked for: `IP_FREEBIND`, `SO_BINDTODEVICE=lo`. */
function furtherOption({ constants }: Sockets, option: string) {
  const [name = "", text] = option.split("=");
  const found = Object.hasOwn(constants.furtherOptions, name)
    ? constants.furtherOptions[name]
    : undefined;
  if (found === undefined) return null;
  const [level, number] = found;
  return { level, number, bytes: text === undefined ? ON : Buffer.from(`${text}\0`) };
}

const ON = Buffer.from([1, 0, 0, 0]);

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
 * of the further ones those that were asked for: 1 when one has the value that was set. Throws when it gives none.
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
    const further = furtherOption(sockets, option);
    if (further !== null) found[option] = Number(isInForce(sockets, socket, further));
  }
  return found;
}

function isInForce(
  { getsockopt }: Sockets,
  socket: number | bigint,
  { level, number, bytes }: NonNullable<ReturnType<typeof furtherOption>>,
): boolean {
  const room = Buffer.alloc(MOST_OF_A_TEXT);
  size.writeInt32LE(room.length);
  return (
    getsockopt(socket, level, number, room, size) === 0 &&
    room.subarray(0, bytes.length).equals(bytes)
  );
}

// IFNAMSIZ and more.
const MOST_OF_A_TEXT = 64;

// Some systems fill one byte for a boolean option (Windows' getsockopt page allows BOOL and smaller).
function readInt(): number {
  return size.readInt32LE() === 1 ? value.readUInt8() : value.readInt32LE();
}
