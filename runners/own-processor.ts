import { readFileSync } from "node:fs";
import { findProgram } from "./find-program.ts";

/** A processor for a program that uses one at a time, so that its own processes do not wake each other across two. */
export interface OwnProcessor {
  /** Come before the program's command; none where there is one processor alone, or no `taskset` (util-linux). */
  readonly words: readonly string[];
  /** The program has ended: another may have it. */
  leave(): void;
}

/** How many programs of this process stay on each processor. */
const users = new Map<number, number>();

/** One of the processors that this process may use, on which the fewest others stay. Linux only. */
export async function takeProcessor(): Promise<OwnProcessor> {
  const processors = allowedProcessors(readFileSync("/proc/self/status", "utf8"));
  const taskset = await findProgram("taskset");
  if (processors.length < 2 || taskset === null) return { words: [], leave: () => undefined };
  const fewest = Math.min(...processors.map(usersOf));
  const free = processors.filter((each) => usersOf(each) === fewest);
  // By chance: another run on this machine does not know of this one.
  const own = free[Math.floor(Math.random() * free.length)] as number;
  users.set(own, usersOf(own) + 1);
  return {
    words: [taskset, "--cpu-list", String(own)],
    leave: () => void users.set(own, usersOf(own) - 1),
  };
}

function usersOf(processor: number): number {
  return users.get(processor) ?? 0;
}

/** The processors in `Cpus_allowed_list`, such as `0-3,8`, of a process's `status`: proc_pid_status(5). */
export function allowedProcessors(status: string): number[] {
  const [, list = ""] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  return list.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
