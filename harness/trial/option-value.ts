import type { OptionType, SocketOption } from "../model/options/option-table.ts";

/** The bytes, in hexadecimal digits, of a value that fits an option. */
export function fittingValue({ type, fitting }: SocketOption, system: string): string {
  switch (type) {
    case "linger":
      return linger(1, 5, system);
    case "timeout":
      return timeout(2000, system);
    case "in_addr":
      return "7f000001";
    case "ifname":
      return text("lo");
    case "text":
      return text("reno");
    case "boolean":
    case "int":
    case "bytes":
      return int(fitting);
  }
}

/** The bytes of a value that does not fit: -1, or a name or an address that no machine has (RFC 5737). */
export function wrongValue({ type }: SocketOption, system: string): string {
  switch (type) {
    case "linger":
      return linger(-1, -1, system);
    case "timeout":
      return timeout(-1000, system);
    case "in_addr":
      return "cb007107";
    case "ifname":
    case "text":
      return text("no-such-name");
    case "boolean":
    case "int":
    case "bytes":
      return int(-1);
  }
}

/**
 * A value that was read, as case files write it: numbers in decimal digits, struct linger as `ON:SECONDS`, a time in
 * milliseconds, an address with its dots, text as it is (`-` for none), other bytes as `0x...`.
 */
export function valueText(option: SocketOption, hex: string, system: string): string {
  if (option.isVolatile) return "any";
  const bytes = Buffer.from(hex, "hex");
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
  bytes: (bytes) => (bytes.length === 0 ? "-" : bytes.length > MOST_SHOWN ? "any" : null),
};

// Longer structures are counters and states.
const MOST_SHOWN = 32;

function readInt(bytes: Buffer): string | null {
  if (bytes.length === 8) return String(bytes.readBigInt64LE());
  if (bytes.length === 1 || bytes.length === 2) return String(bytes.readUIntLE(0, bytes.length));
  return bytes.length === 4 ? String(bytes.readInt32LE()) : null;
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
  return bytes.toString("hex");
}

function text(value: string): string {
  return Buffer.from(`${value}\0`, "latin1").toString("hex");
}
