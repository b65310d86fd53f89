import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** Every process that descends from one, by the system's list of processes. */
export function descendantsOf(ancestor: number): number[] {
  const parents = process.platform === "linux" ? linuxParents() : posixParents();
  const found = [ancestor];
  for (const pid of found)
    found.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  return found.slice(1);
}

type Parentage = readonly [child: number, parent: number];

/** Read one after the other; while one of them ended its children were told a new parent, so they are read again. */
function linuxParents(): Parentage[] {
  for (let tries = 1; ; tries++) {
    const parents = readParents();
    const known = new Set([0, ...parents.map(([child]) => child)]);
    if (tries === MOST_TRIES || parents.every(([, parent]) => known.has(parent))) return parents;
  }
}

const MOST_TRIES = 5;

function readParents(): Parentage[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = runningParent(name);
      return parent === null ? [] : [[Number(name), parent] as const];
    });
}

/** Null when it has ended, also when its parent has not been told yet: proc_pid_stat(5). */
function runningParent(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name is in brackets and may hold anything.
    const [state = "", parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return "ZX".includes(state) ? null : Number(parent);
  } catch {
    return null;
  }
}

/** POSIX.1-2017, ps: options -A and -o. */
function posixParents(): Parentage[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return text
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([child = 0, parent = 0]) => [child, parent] as const);
}
