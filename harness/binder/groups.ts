import { IPPROTO_IPV6 } from "./constants.ts";
import type { Step } from "./protocol.ts";
import type { Sockets } from "./sockets.ts";

type GroupOnInterface = Pick<Extract<Step, { do: "join-group" }>, "family" | "group" | "interface">;

/** RFC 5771, section 2: 224.0.0.0/4; RFC 4291, section 2.7: ff00::/8. */
export function isMulticast(address: string): boolean {
  return /^2(?:2[4-9]|3\d)\.|^ff[\da-f]{2}:/i.test(address);
}

/** Joins a group on an interface; returns what setsockopt returns. */
export function joinGroup(
  sockets: Sockets,
  socket: number | bigint,
  { family, group, interface: own = LOOPBACK }: GroupOnInterface,
): number {
  const { AF_INET, AF_INET6, IPPROTO_IP, IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP } = sockets.constants;
  const [address = "", zone = "0"] = group.split("%");
  if (family === "ipv4") {
    // struct ip_mreq: the group, then the interface's address (RFC 3678 keeps it).
    const request = Buffer.alloc(8);
    sockets.address.pton(AF_INET, address, request.subarray(0, 4));
    sockets.address.pton(AF_INET, own, request.subarray(4, 8));
    return sockets.setsockopt(socket, IPPROTO_IP, IP_ADD_MEMBERSHIP, request, request.length);
  }
  // struct ipv6_mreq: the group, then the interface's number (RFC 3493, section 5.2).
  const request = Buffer.alloc(20);
  sockets.address.pton(AF_INET6, address, request.subarray(0, 16));
  request.writeUInt32LE(Number(zone), 16);
  return sockets.setsockopt(socket, IPPROTO_IPV6, IPV6_JOIN_GROUP, request, request.length);
}

const LOOPBACK = "127.0.0.1";

/**
 * What is sent to a group from here on goes out on that interface and no further than this machine: a time to live of 0
 * keeps a datagram on its host (RFC 1112, section 6.1), and the loopback interface leads nowhere else.
 */
export function keepWithin(
  sockets: Sockets,
  socket: number | bigint,
  { family, group, interface: own = LOOPBACK }: GroupOnInterface,
): void {
  const { constants, setsockopt } = sockets;
  const value = Buffer.alloc(4);
  if (family === "ipv6") {
    setsockopt(socket, IPPROTO_IPV6, constants.IPV6_MULTICAST_HOPS, value, value.length);
    value.writeUInt32LE(Number(group.split("%")[1] ?? 0));
    setsockopt(socket, IPPROTO_IPV6, constants.IPV6_MULTICAST_IF, value, value.length);
    return;
  }
  const { AF_INET, IPPROTO_IP, IP_MULTICAST_IF, IP_MULTICAST_TTL, sockaddrHasLength } = constants;
  // An unsigned char on the systems that come from 4.4BSD.
  if (own !== LOOPBACK)
    setsockopt(socket, IPPROTO_IP, IP_MULTICAST_TTL, value, sockaddrHasLength ? 1 : value.length);
  sockets.address.pton(AF_INET, own, value);
  setsockopt(socket, IPPROTO_IP, IP_MULTICAST_IF, value, value.length);
}
