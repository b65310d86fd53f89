import type { SocketConstants } from "./constants.ts";

/** An address as people write it. IPv6 link-local addresses carry their zone: `fe80::1%2`. */
export interface SocketName {
  readonly address: string;
  readonly port: number;
}

/** The system's own inet_pton and inet_ntop, so that no address is parsed here. */
export interface AddressCalls {
  /** Fills `bytes` and returns 1, or returns anything else. */
  pton(family: number, text: string, bytes: Buffer): number;
  ntop(family: number, bytes: Buffer): string;
  /** The number of an interface by its name; 0 where there is none. */
  interfaceIndex(name: string): number;
  loopbackIndex(): number;
}

// RFC 3493 and the sockaddr_in / sockaddr_in6 of every system here: family (2 bytes, or length and family),
// port, then IPv4: address (4) and 8 zero bytes; IPv6: flow information (4), address (16), scope id (4).
const IPV4_SIZE = 16;
const IPV6_SIZE = 28;
/** Room for any of them. */
export const MAX_SOCKADDR_SIZE: number = IPV6_SIZE;

/** The bytes that `bind` takes. Throws when the text is not an address of the family. */
export function encodeSocketAddress(
  name: SocketName,
  family: "ipv4" | "ipv6",
  constants: SocketConstants,
  calls: AddressCalls,
): Buffer {
  const bytes = Buffer.alloc(family === "ipv4" ? IPV4_SIZE : IPV6_SIZE);
  const familyNumber = family === "ipv4" ? constants.AF_INET : constants.AF_INET6;
  if (constants.sockaddrHasLength) {
    bytes.writeUInt8(bytes.length, 0);
    bytes.writeUInt8(familyNumber, 1);
  } else {
    bytes.writeUInt16LE(familyNumber, 0);
  }
  writePort(bytes, name.port);
  const [text = "", zone = "0"] = name.address.split("%");
  const addressBytes = family === "ipv4" ? bytes.subarray(4, 8) : bytes.subarray(8, 24);
  if (calls.pton(familyNumber, text, addressBytes) !== 1)
    throw new Error(`'${name.address}' is not an ${family} address`);
  if (family === "ipv6") bytes.writeUInt32LE(zoneNumber(zone, calls), 24);
  return bytes;
}

function zoneNumber(zone: string, calls: AddressCalls): number {
  if (/^\d+$/.test(zone)) return Number(zone);
  const index = calls.interfaceIndex(zone);
  if (index === 0) throw new Error(`there is no interface ${zone}`);
  return index;
}

/** Changes the port of encoded bytes. */
export function writePort(bytes: Buffer, port: number): void {
  bytes.writeUInt16BE(port, 2);
}

/** What `getsockname` filled in. */
export function decodeSocketAddress(
  bytes: Buffer,
  constants: SocketConstants,
  calls: AddressCalls,
): SocketName {
  const familyNumber = constants.sockaddrHasLength ? bytes.readUInt8(1) : bytes.readUInt16LE(0);
  const port = bytes.readUInt16BE(2);
  if (familyNumber === constants.AF_INET)
    return { address: calls.ntop(familyNumber, bytes.subarray(4, 8)), port };
  const zone = bytes.readUInt32LE(24);
  const address = calls.ntop(familyNumber, bytes.subarray(8, 24));
  return { address: zone === 0 ? address : `${address}%${zone}`, port };
}
