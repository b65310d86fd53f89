import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "../program/processes.ts";

/** What a run left behind, and how long it took what was to go by itself. */
export interface Leftovers {
  /** In words; empty when there is nothing. */
  readonly left: readonly string[];
  readonly waitedMs: number;
}

/**
 * Waits for what ends by itself, `graceMs` at most: children have to notice that the program has gone. The campaign is alone in its namespaces: whatever process, socket or mount is here
 * and was not here before belongs to the run. Ends what is left, so that the next run begins clean.
 */
export async function findLeftovers(
  temporary: string,
  mounts: number,
  graceMs: number,
): Promise<Leftovers> {
  const startedAt = performance.now();
  for (;;) {
    const passing = [...processes().map(describe), ...sockets()];
    const waitedMs = performance.now() - startedAt;
    if (passing.length > 0 && waitedMs < graceMs) {
      await sleep(10);
      continue;
    }
    for (const pid of processes()) process.kill(pid, "SIGKILL");
    const files = readdirSync(temporary).map((name) => `file ${name}`);
    const mounted = countMounts() - mounts;
    return { left: [...passing, ...files, ...(mounted === 0 ? [] : ["a mount"])], waitedMs };
  }
}

/** How many file systems are mounted in this namespace. */
export function countMounts(): number {
  return readFileSync("/proc/self/mountinfo", "utf8").split("\n").length;
}

function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && pid !== process.ppid && isRunning(pid));
}

function describe(pid: number): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return `process ${words.trim()}`;
  } catch {
    return `process ${pid}`;
  }
}

// Documentation/networking/proc_net_tcp.rst: the inode is the tenth field. The kernel keeps a closed connection for up to a
// minute, in TIME_WAIT or FIN_WAIT2, and gives it inode 0: no process has it.
const NO_INODE = "0";

function sockets(): string[] {
  return ["tcp", "tcp6", "udp", "udp6"].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, "utf8")
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields.length > 9 && fields[9] !== NO_INODE)
      .map(([, name, , state]) => `socket ${table} ${name} in state ${state}`),
  );
}
