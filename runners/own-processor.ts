import { readFileSync } from "node:fs";
import { findProgram } from "./find-program.ts";

/** A processor for a program that uses one at a time, so that its own processes do not wake each other across two. */
export interface OwnProcessor {
  /** Come before the program's command; none where there is one processor alone, or no `taskset` (util-linux). */
  readonly words: readonly string[];
  /** The program has ended: another may have the processor. To be called once. */
  leave(): void;
}

/** How many programs that this process started are on each processor. */
const programs = new Map<number, number>();

/** One of the processors that this process may use, on which the fewest of its programs are. Linux only. */
export async function takeProcessor(): Promise<OwnProcessor> {
  const processors = usableProcessors(
    textOf("/proc/self/status"),
    textOf("/sys/devices/system/cpu/online"),
  );
  const taskset = await findProgram("taskset");
  if (processors.length < 2 || taskset === null) return { words: [], leave: () => undefined };
  const fewest = Math.min(...processors.map(programsOn));
  const free = processors.filter((each) => programsOn(each) === fewest);
  // By chance: another run on this machine does not know of this one.
  const own = free[Math.floor(Math.random() * free.length)] as number;
  programs.set(own, programsOn(own) + 1);
  return {
    words: [taskset, "-c", String(own)],
    leave: () => void programs.set(own, programsOn(own) - 1),
  };
}

/** Empty where the system does not tell, as in a container without /sys. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function programsOn(processor: number): number {
  return programs.get(processor) ?? 0;
}

/**
 * The processors in `Cpus_allowed_list` of a process's `status` (proc_pid_status(5)) that are there: the list has such as could be
 * plugged in too. `online` is /sys/devices/system/cpu/online. Both are written as `0-3,8`.
 */
export function usableProcessors(status: string, online: string): number[] {
  const [, allowed = ""] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status) ?? [];
  const isOnline = new Set(processorsIn(online.trim()));
  return processorsIn(allowed).filter((each) => isOnline.has(each));
}

function processorsIn(list: string): number[] {
  if (list === "") return [];
  return list.split(",").flatMap((range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
