import { SocketAddress } from "node:net";
import { endianness } from "node:os";
import { loadLibc } from "../../binder/libc.ts";
import { loadKoffi } from "../../binder/load-koffi.ts";
import { isLocalLink } from "../local-link.ts";
import type { TableRow } from "./linux-tables.ts";

/** A way to ask the kernel; null when it refuses. */
export type SockDiag = () => TableRow[] | null;

// include/linux/socket.h, include/uapi/linux/netlink.h, include/uapi/linux/sock_diag.h
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 0x1;
const NLM_F_DUMP = 0x300;
// include/uapi/linux/inet_diag.h: sizes of struct inet_diag_req_v2 and inet_diag_msg, and INET_DIAG_SKV6ONLY.
const HEADER_SIZE = 16;
const REQUEST_SIZE = 56;
const MESSAGE_SIZE = 72;
// struct inet_diag_msg: family, state, timer and retrans in a byte each; ports and addresses in network byte order; ...
const AT = {
  state: 1,
  port: 4,
  peerPort: 6,
  address: 8,
  peer: 24,
  interface: 40,
  uid: 64,
  inode: 68,
};
const INET_DIAG_SKV6ONLY = 11;
// include/net/tcp_states.h
const TCP_ESTABLISHED = 1;
const TCP_CLOSE = 7;
const TCP_LISTEN = 10;
const TABLES = [
  { protocol: "tcp", number: 6, states: 1 << TCP_LISTEN },
  { protocol: "udp", number: 17, states: (1 << TCP_ESTABLISHED) | (1 << TCP_CLOSE) },
] as const;
const FAMILIES = [
  { family: "ipv4", number: 2 },
  { family: "ipv6", number: 10 },
] as const;
const ROOM = 64 * 1024;

/**
 * Opens sock_diag(7), which tells of TCP sockets that listen and of UDP sockets what /proc/net does, in a fraction of the
 * time, and the interface besides. Null where the kernel has none, as in some sandboxes.
 */
export function openSockDiag(): SockDiag | null {
  if (endianness() !== "LE") return null;
  const libc = loadLibc(loadKoffi());
  const socket = libc.func("int socket(int, int, int)");
  const send = libc.func("intptr_t send(int, const void *, size_t, int)");
  const recv = libc.func("intptr_t recv(int, void *, size_t, int)");
  const close = libc.func("int close(int)");
  const toName = libc.func("char *if_indextoname(unsigned int, void *)");
  const name = Buffer.alloc(64);
  const nameOf = (index: number): string | null => toName(index, name) as string | null;
  const room = Buffer.alloc(ROOM);
  const dump = (asked: Buffer): Buffer[] | null => {
    const handle = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG) as number;
    if (handle < 0) return null;
    const found: Buffer[] = [];
    let isDone = (send(handle, asked, asked.length, 0) as number) < 0 ? null : false;
    while (isDone === false) {
      const length = recv(handle, room, room.length, 0) as number;
      isDone = length <= 0 ? null : takeMessages(room.subarray(0, length), found);
    }
    close(handle);
    return isDone === null ? null : found;
  };
  const read = (): TableRow[] | null => {
    const rows: TableRow[] = [];
    for (const { protocol, number, states } of TABLES)
      for (const { family, number: familyNumber } of FAMILIES) {
        const messages = dump(request(familyNumber, number, states));
        if (messages === null) return null;
        rows.push(...messages.map((message) => rowOf(message, protocol, family, nameOf)));
      }
    return rows;
  };
  return read() === null ? null : read;
}

function request(family: number, protocol: number, states: number): Buffer {
  const bytes = Buffer.alloc(HEADER_SIZE + REQUEST_SIZE);
  bytes.writeUInt32LE(bytes.length, 0);
  bytes.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4);
  bytes.writeUInt16LE(NLM_F_REQUEST | NLM_F_DUMP, 6);
  bytes.writeUInt8(family, HEADER_SIZE);
  bytes.writeUInt8(protocol, HEADER_SIZE + 1);
  bytes.writeUInt32LE(states, HEADER_SIZE + 4);
  return bytes;
}

/** Adds the bodies of the messages; true after the last one, null on an error. */
function takeMessages(bytes: Buffer, found: Buffer[]): boolean | null {
  for (let at = 0; at + HEADER_SIZE <= bytes.length;) {
    const [length, type] = [bytes.readUInt32LE(at), bytes.readUInt16LE(at + 4)];
    if (type === NLMSG_DONE) return true;
    if (type === NLMSG_ERROR || length < HEADER_SIZE) return null;
    if (length >= HEADER_SIZE + MESSAGE_SIZE)
      found.push(Buffer.from(bytes.subarray(at + HEADER_SIZE, at + length)));
    at += align(length);
  }
  return false;
}

function rowOf(
  message: Buffer,
  protocol: "tcp" | "udp",
  family: "ipv4" | "ipv6",
  nameOf: (index: number) => string | null,
): TableRow {
  const index = message.readUInt32LE(AT.interface);
  const address = addressText(message.subarray(AT.address), family, index);
  const device = index === 0 || isLocalLink(address) ? null : nameOf(index);
  const v6Only = family === "ipv6" ? v6OnlyOf(message) : undefined;
  const isConnected = protocol === "udp" && message.readUInt8(AT.state) === TCP_ESTABLISHED;
  return {
    protocol,
    family,
    address,
    port: message.readUInt16BE(AT.port),
    ...(isConnected && {
      peer: {
        address: addressText(message.subarray(AT.peer), family, index),
        port: message.readUInt16BE(AT.peerPort),
      },
    }),
    ...(device !== null && { device }),
    ...(v6Only !== undefined && { v6Only }),
    uid: message.readUInt32LE(AT.uid),
    inode: String(message.readUInt32LE(AT.inode)),
  };
}

/** A link-local address means something with its interface alone. */
function addressText(bytes: Buffer, family: "ipv4" | "ipv6", index: number): string {
  if (family === "ipv4") return bytes.subarray(0, 4).join(".");
  const groups = bytes.toString("hex", 0, 16).match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ address: groups.join(":"), family: "ipv6" });
  return index !== 0 && isLocalLink(address) ? `${address}%${index}` : address;
}

/** INET_DIAG_SKV6ONLY is one of the attributes after the message. */
function v6OnlyOf(message: Buffer): boolean | undefined {
  for (let at = MESSAGE_SIZE; at + 4 < message.length;) {
    const [length, type] = [message.readUInt16LE(at), message.readUInt16LE(at + 2)];
    if (length < 4) return undefined;
    if (type === INET_DIAG_SKV6ONLY) return message.readUInt8(at + 4) !== 0;
    at += align(length);
  }
  return undefined;
}

/** NLMSG_ALIGN and NLA_ALIGN: to 4 bytes. */
function align(length: number): number {
  return (length + 3) & ~3;
}
