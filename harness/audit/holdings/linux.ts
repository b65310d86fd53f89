import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { SocketAddress } from "node:net";
import { endianness, networkInterfaces } from "node:os";
import type { Account, Owner } from "../listener.ts";
import { findUser } from "../find-user.ts";
import { HoldingsProblem, type HeldSocket, type Holdings } from "./held-socket.ts";
import { withZone } from "../../model/address.ts";

/** Sockets as proc_pid_net(5) tells them, with the processes that have them open: proc_pid_fd(5). */
export function linuxHoldings(): Holdings {
  return {
    ownAccount: accountOf(process.geteuid?.() ?? 0),
    async read(pids) {
      if (readText(`/proc/net/${TABLES[0].file}`) === null) throw new HoldingsProblem(UNREADABLE);
      const owners = ownersByInode(pids ?? allProcesses());
      return TABLES.flatMap(readTable)
        .filter(({ inode }) => pids === null || owners.has(inode))
        .map(({ uid, ...socket }) => ({
          ...socket,
          account: accountOf(uid),
          owners: owners.get(socket.inode) ?? [],
        }));
    },
  };
}

const UNREADABLE =
  "audit: /proc/net, which tells here who holds a port, cannot be read: mount proc on /proc";

const TABLES = [
  { file: "tcp", protocol: "tcp", family: "ipv4" },
  { file: "tcp6", protocol: "tcp", family: "ipv6" },
  { file: "udp", protocol: "udp", family: "ipv4" },
  { file: "udp6", protocol: "udp", family: "ipv6" },
] as const;

// include/net/tcp_states.h: a UDP socket without a peer is shown as TCP_CLOSE.
const TCP_LISTEN = "0A";
const TCP_CLOSE = "07";

type Row = Pick<HeldSocket, "protocol" | "family" | "address" | "port"> & {
  readonly uid: number;
  readonly inode: string;
};

function readTable({ file, protocol, family }: (typeof TABLES)[number]): Row[] {
  const wanted = protocol === "tcp" ? TCP_LISTEN : TCP_CLOSE;
  const rows = readLines(`/proc/net/${file}`).slice(1);
  return rows.flatMap((row) => {
    const fields = row.trim().split(/\s+/);
    // sl, local_address, rem_address, st, tx:rx, tr:when, retrnsmt, uid, timeout, inode
    const [, local = "", , state, , , , uid, , inode = ""] = fields;
    const [address = "", port = ""] = local.split(":");
    if (state !== wanted) return [];
    return [
      {
        protocol,
        family,
        address: family === "ipv4" ? ipv4Text(address) : ipv6Text(address),
        port: Number.parseInt(port, 16),
        uid: Number(uid),
        inode,
      },
    ];
  });
}

/** The kernel prints each 32 bits of an address as a number of the machine's own byte order. */
function addressBytes(hex: string): Buffer {
  const bytes = Buffer.from(hex, "hex");
  return endianness() === "LE" ? bytes.swap32() : bytes;
}

function ipv4Text(hex: string): string {
  return addressBytes(hex).join(".");
}

function ipv6Text(hex: string): string {
  const groups = addressBytes(hex).toString("hex").match(/.{4}/g) ?? [];
  const { address } = new SocketAddress({ address: groups.join(":"), family: "ipv6" });
  return withOwnZone(address);
}

/** The table leaves out the interface of a link-local address: the first that has it is taken. */
function withOwnZone(address: string): string {
  const infos = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const own = infos.find((info) => info.address === address);
  return withZone(address, own?.scopeid ?? 0);
}

function allProcesses(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function ownersByInode(pids: readonly number[]): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const pid of pids) {
    const inodes = socketInodes(pid);
    if (inodes.size === 0) continue;
    const owner = describeProcess(pid);
    for (const inode of inodes) owners.set(inode, [...(owners.get(inode) ?? []), owner]);
  }
  return owners;
}

/** None of a process that has ended meanwhile, or that only root may look into. */
function socketInodes(pid: number): Set<string> {
  try {
    const links = readdirSync(`/proc/${pid}/fd`).map((fd) => readLink(`/proc/${pid}/fd/${fd}`));
    return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link ?? "")?.[1] ?? []));
  } catch {
    return new Set();
  }
}

function describeProcess(pid: number): Owner {
  const words = readText(`/proc/${pid}/cmdline`)?.split("\0").filter(Boolean) ?? [];
  return {
    pid,
    executable: readLink(`/proc/${pid}/exe`),
    commandLine: words.length === 0 ? null : words.join(" "),
  };
}

function accountOf(uid: number): Account {
  return { id: String(uid), name: findUser(uid)?.name ?? `uid ${uid}` };
}

function readLines(file: string): string[] {
  return readText(file)?.split("\n").filter(Boolean) ?? [];
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function readLink(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}
