import type { OptionType, SocketOption } from "../model/options/option-table.ts";
import { isSteering } from "../model/options/steering.ts";

/** The bytes, in hexadecimal digits, of a value that fits an option. */
export function fittingValue(option: SocketOption, system: string): string {
  return valueBytes(settingType(option), fittingText(option), system);
}

/** A value that fits an option, as case files write it: of one in bytes a number. */
export function fittingText({ type, fitting }: SocketOption): string {
  return FITTING[type] ?? String(fitting);
}

/** Whether a socket on which an option is set to its fitting value sends nothing, since it could leave the machine. */
export function sendsNothing(option: SocketOption): boolean {
  return isSteering(`${option.name}=${fittingText(option)}`, "127.0.0.1");
}

/** A value that does not fit: -1, or a name or an address that no machine has (RFC 5737). */
export function wrongText({ type }: SocketOption): string {
  return WRONG[type] ?? "-1";
}

function settingType({ type }: SocketOption): OptionType {
  return type === "bytes" ? "int" : type;
}

const FITTING: Readonly<Partial<Record<OptionType, string>>> = {
  linger: "1:5",
  timeout: "2000",
  in_addr: "127.0.0.1",
  ifname: "lo",
  text: "reno",
};

const WRONG: Readonly<Partial<Record<OptionType, string>>> = {
  linger: "-1:-1",
  timeout: "-1000",
  in_addr: "203.0.113.7",
  ifname: "no-such-name",
  text: "no-such-name",
};

/** The bytes, in hexadecimal digits, of a value as case files write it; `isValueOf` its type. */
export function valueBytes(type: OptionType, value: string, system: string): string {
  switch (type) {
    case "linger": {
      const [on = 0, seconds = 0] = value.split(":").map(Number);
      return linger(on, seconds, system);
    }
    case "timeout":
      return timeout(Number(value), system);
    case "in_addr":
      return Buffer.from(value.split(".").map(Number)).toString("hex");
    case "ifname":
    case "text":
      return text(value);
    case "bytes":
      return value.slice("0x".length);
    case "boolean":
    case "int":
      return int(Number(value));
  }
}

/** The bytes of a value that does not fit an option. */
export function wrongValue(option: SocketOption, system: string): string {
  return valueBytes(settingType(option), wrongText(option), system);
}

/**
 * A value that was read, as case files write it: numbers in decimal digits, struct linger as `ON:SECONDS`, a time in
 * milliseconds, an address with its dots, text as it is, other bytes as `0x...`; `-` where nothing was read.
 */
export function valueText(option: SocketOption, hex: string, system: string): string {
  if (option.isVolatile) return "any";
  const bytes = Buffer.from(hex, "hex");
  if (bytes.length === 0) return "-";
  return (READERS[option.type](bytes, system) ?? `0x${hex}`).replaceAll(/\s+/g, "_");
}

const READERS: Readonly<Record<OptionType, (bytes: Buffer, system: string) => string | null>> = {
  boolean: readInt,
  int: readInt,
  linger: readLinger,
  timeout: readTimeout,
  in_addr: (bytes) => (bytes.length === 4 ? bytes.join(".") : null),
  ifname: readText,
  text: readText,
  bytes: (bytes) => (bytes.length > MOST_SHOWN ? "any" : null),
};

/** For a value in bytes: no system has a longer one except for groups and filters. */
export const MOST_OF_A_VALUE = 512;

// Longer structures are counters and states.
const MOST_SHOWN = 32;

function readInt(bytes: Buffer): string | null {
  if (bytes.length < 4) return String(bytes.readUIntLE(0, bytes.length));
  if (bytes.length === 4) return String(bytes.readInt32LE());
  return bytes.length === 8 ? String(bytes.readBigInt64LE()) : null;
}

function readLinger(bytes: Buffer): string | null {
  if (bytes.length === 4) return `${bytes.readUInt16LE(0)}:${bytes.readUInt16LE(2)}`;
  return bytes.length === 8 ? `${bytes.readInt32LE(0)}:${bytes.readInt32LE(4)}` : null;
}

function readTimeout(bytes: Buffer): string | null {
  if (bytes.length === 4) return String(bytes.readUInt32LE());
  if (bytes.length !== 16) return null;
  return String(Number(bytes.readBigInt64LE(0)) * 1000 + Number(bytes.readBigInt64LE(8)) / 1000);
}

function readText(bytes: Buffer): string {
  return (
    bytes
      .toString("latin1")
      .split("\0")[0]
      ?.replaceAll(/[^\w.:-]/g, "?") || "-"
  );
}

function int(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes.toString("hex");
}

/** struct linger: two ints on POSIX, two shorts on Windows (winsock2.h, LINGER). */
function linger(on: number, seconds: number, system: string): string {
  if (system !== "windows") return int(on) + int(seconds);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(on & 0xffff, 0);
  bytes.writeUInt16LE(seconds & 0xffff, 2);
  return bytes.toString("hex");
}

/** struct timeval with 8 bytes for each part (64-bit POSIX); a DWORD of milliseconds on Windows. */
function timeout(ms: number, system: string): string {
  if (system === "windows") return int(ms);
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64LE(BigInt(Math.trunc(ms / 1000)), 0);
  bytes.writeBigInt64LE(BigInt((ms % 1000) * 1000), 8);
  return bytes.toString("hex");
}

function text(value: string): string {
  return Buffer.from(`${value}\0`, "latin1").toString("hex");
}
