import { IPPROTO_IPV6 } from "./constants.ts";
import type { Step } from "./protocol.ts";
import { encodeSocketAddress, type AddressCalls } from "./socket-address.ts";
import type { Sockets } from "./sockets.ts";
import { failure } from "./workbench.ts";

type GroupOnInterface = Pick<Extract<Step, { do: "join-group" }>, "family" | "group" | "interface">;

/** Joins a group on an interface; returns what setsockopt returns. */
export function joinGroup(
  sockets: Sockets,
  socket: number | bigint,
  group: GroupOnInterface,
): number {
  const { IPPROTO_IP, IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP } = sockets.constants;
  const option =
    group.family === "ipv4"
      ? { level: IPPROTO_IP, number: IP_ADD_MEMBERSHIP }
      : { level: IPPROTO_IPV6, number: IPV6_JOIN_GROUP };
  return setGroup(sockets, socket, option, group);
}

/** Sets an option that takes a group, with a source where one is given; returns what setsockopt returns. */
export function setGroup(
  sockets: Sockets,
  socket: number | bigint,
  { level, number }: { readonly level: number; readonly number: number },
  group: GroupOnInterface & { readonly source?: string },
): number {
  const request =
    group.family === "ipv4" ? ipv4Request(sockets, group) : ipv6Request(sockets, group);
  return sockets.setsockopt(socket, level, number, request, request.length);
}

/** struct ip_mreq: the group, then the interface's address; struct ip_mreq_source has a source too (RFC 3678, 4.1.1). */
function ipv4Request(
  { address, constants }: Sockets,
  { group, source, interface: own = LOOPBACK }: GroupOnInterface & { readonly source?: string },
): Buffer {
  const rest = constants.sourceComesLast ? [own, source] : [source, own];
  const parts = [group, ...rest].filter((part) => part !== undefined);
  const request = Buffer.alloc(4 * parts.length);
  for (const [index, part] of parts.entries())
    writeAddress(address, constants.AF_INET, part, request.subarray(4 * index, 4 * index + 4));
  return request;
}

/** struct ipv6_mreq (RFC 3493, 5.2), or struct group_source_req (RFC 3678, 5.1.2). */
function ipv6Request(
  { address: calls, constants }: Sockets,
  { group, source }: GroupOnInterface & { readonly source?: string },
): Buffer {
  const { address, zone } = splitZone(group, calls);
  if (source === undefined) {
    const request = Buffer.alloc(20);
    writeAddress(calls, constants.AF_INET6, address, request.subarray(0, 16));
    request.writeUInt32LE(zone, 16);
    return request;
  }
  // The interface's number, and two sockaddr_storage of 128 bytes, which begin where 64-bit numbers may.
  const request = Buffer.alloc(STORAGE_AT + 2 * STORAGE_SIZE);
  request.writeUInt32LE(zone);
  for (const [index, text] of [address, source].entries())
    encodeSocketAddress({ address: text, port: 0 }, "ipv6", constants, calls).copy(
      request,
      STORAGE_AT + index * STORAGE_SIZE,
    );
  return request;
}

const STORAGE_AT = 8;
const STORAGE_SIZE = 128;

/** A group's address, and the number of its zone: that of the loopback interface where none is written. */
function splitZone(group: string, calls: AddressCalls): { address: string; zone: number } {
  const [address = "", written] = group.split("%");
  const zone = written === undefined ? calls.loopbackIndex() : Number(written);
  // With 0 the system would choose one.
  if (!(zone > 0)) throw new Error(`'${group}' has no interface on this machine`);
  return { address, zone };
}

function writeAddress(calls: AddressCalls, family: number, text: string, bytes: Buffer): void {
  if (calls.pton(family, text, bytes) !== 1)
    throw new Error(`'${text}' is not an address of the group's family`);
}

const LOOPBACK = "127.0.0.1";

/**
 * What is sent to a group from here on goes out on that interface and no further than this machine: a time to live of 0
 * keeps a datagram on its host (RFC 1112, section 6.1), and the loopback interface leads nowhere else. Throws where the
 * system refuses that.
 */
export function sendOnInterface(
  sockets: Sockets,
  socket: number | bigint,
  { family, group, interface: own = LOOPBACK }: GroupOnInterface,
): void {
  const { AF_INET, IPPROTO_IP, IP_MULTICAST_IF, IP_MULTICAST_TTL, ...constants } =
    sockets.constants;
  const value = Buffer.alloc(4);
  const set = (level: number, number: number, size = value.length): void => {
    if (sockets.setsockopt(socket, level, number, value, size) !== 0)
      throw new Error(`what goes to ${group} cannot be kept here: ${failure(sockets).code}`);
  };
  if (family === "ipv6") {
    set(IPPROTO_IPV6, constants.IPV6_MULTICAST_HOPS);
    value.writeUInt32LE(splitZone(group, sockets.address).zone);
    set(IPPROTO_IPV6, constants.IPV6_MULTICAST_IF);
    return;
  }
  // An unsigned char on the systems that come from 4.4BSD.
  if (own !== LOOPBACK) set(IPPROTO_IP, IP_MULTICAST_TTL, constants.sockaddrHasLength ? 1 : 4);
  writeAddress(sockets.address, AF_INET, own, value);
  set(IPPROTO_IP, IP_MULTICAST_IF);
}
