import { readdirSync, readFileSync } from "node:fs";

/** Ids of the running processes whose command line holds `text`; by /proc, so on Linux only. */
export function runningProcesses(text: string): string[] {
  return readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && commandLine(name).includes(text),
  );
}

/** Empty for a process that has ended, also when its parent has not yet asked how. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
