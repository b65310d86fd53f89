import { existsSync, readFileSync } from "node:fs";
import { SocketAddress } from "node:net";
import { endianness, networkInterfaces } from "node:os";
import { withZone } from "../../model/address.ts";
import { isLocalLink } from "../local-link.ts";
import type { HeldSocket } from "./held-socket.ts";

/** A row of the kernel's tables of sockets. */
export type TableRow = Omit<HeldSocket, "account" | "owners" | "inode" | "isClient"> & {
  readonly uid: number;
  readonly inode: string;
};

/** Whether the tables are there. */
export function hasTables(): boolean {
  return existsSync("/proc/self/net/tcp");
}

/** TCP sockets that listen, and UDP sockets, of this network namespace or of that of a process: proc_pid_net(5). */
export function readTables(pid: number | "self" = "self"): TableRow[] {
  return TABLES.flatMap((table) => readTable(table, pid));
}

const TABLES = [
  { file: "tcp", protocol: "tcp", family: "ipv4" },
  { file: "tcp6", protocol: "tcp", family: "ipv6" },
  { file: "udp", protocol: "udp", family: "ipv4" },
  { file: "udp6", protocol: "udp", family: "ipv6" },
] as const;

// include/net/tcp_states.h: TCP_LISTEN; TCP_CLOSE of a UDP socket without a peer, TCP_ESTABLISHED of one with.
const STATES = { tcp: ["0A"], udp: ["07", "01"] };

function readTable({ file, protocol, family }: (typeof TABLES)[number], pid: number | "self") {
  const rows = readText(file, pid)?.split("\n").filter(Boolean).slice(1) ?? [];
  return rows.flatMap((row): TableRow[] => {
    const fields = row.trim().split(/\s+/);
    // sl, local_address, rem_address, st, tx:rx, tr:when, retrnsmt, uid, timeout, inode
    const [, local = "", remote = "", state = "", , , , uid, , inode = ""] = fields;
    if (!STATES[protocol].includes(state)) return [];
    const isConnected = protocol === "udp" && state === "01";
    return [
      {
        protocol,
        family,
        ...placeOf(local, family),
        ...(isConnected && { peer: placeOf(remote, family) }),
        uid: Number(uid),
        inode,
      },
    ];
  });
}

function placeOf(text: string, family: "ipv4" | "ipv6"): { address: string; port: number } {
  const [address = "", port = ""] = text.split(":");
  return {
    address: family === "ipv4" ? ipv4Text(address) : ipv6Text(address),
    port: Number.parseInt(port, 16),
  };
}

/** An address of a table, in which each 32 bits are a number of the machine's own byte order. */
export function ipv4Text(hex: string): string {
  return addressBytes(hex).join(".");
}

function ipv6Text(hex: string): string {
  const groups = addressBytes(hex).toString("hex").match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ address: groups.join(":"), family: "ipv6" });
  return withOwnZone(address);
}

function addressBytes(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  return endianness() === "LE" ? bytes.swap32() : bytes;
}

/** The table leaves out the interface of a link-local address: the first that has it is taken. */
function withOwnZone(address: string): string {
  if (!isLocalLink(address)) return address;
  const infos = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const own = infos.find((info) => info.address === address);
  return withZone(address, own?.scopeid ?? 0);
}

function readText(file: string, pid: number | "self" = "self"): string | null {
  try {
    return readFileSync(`/proc/${pid}/net/${file}`, "utf8");
  } catch {
    return null;
  }
}
