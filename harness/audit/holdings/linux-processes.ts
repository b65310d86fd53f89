import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import { findUser } from "../find-user.ts";
import type { Account, Owner } from "../listener.ts";

/** The ids of all processes that this one sees. */
export function allProcesses(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Who has which sockets open: proc_pid_fd(5). */
export function ownersByInode(pids: readonly number[]): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const pid of pids) {
    const inodes = socketInodes(pid);
    if (inodes.size === 0) continue;
    const owner = describeProcess(pid);
    for (const inode of inodes) owners.set(inode, [...(owners.get(inode) ?? []), owner]);
  }
  return owners;
}

/** Processes in other network namespaces, one of each, as far as this process may see: namespaces(7). */
export function foreignNetworks(pids: readonly number[] = allProcesses()): number[] {
  const own = networkOf("self");
  const found = new Map<string, number>();
  for (const pid of pids) {
    const network = networkOf(String(pid));
    if (network !== null && network !== own && !found.has(network)) found.set(network, pid);
  }
  return [...found.values()];
}

/** A user by number. */
export function accountOf(uid: number): Account {
  return { id: String(uid), name: findUser(uid)?.name ?? `uid ${uid}` };
}

function networkOf(pid: string): string | null {
  return readLink(`/proc/${pid}/ns/net`);
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
