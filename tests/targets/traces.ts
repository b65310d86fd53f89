import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { childrenOf, isRunning } from "../program/processes.ts";

/** What a target has of this machine while it runs. Linux only. */
export interface Traces {
  readonly processes: readonly number[];
  /** Namespaces that are not this process's own, such as `net:[4026532265]`. */
  readonly namespaces: readonly string[];
}

const KINDS = ["net", "pid", "mnt", "user"];

/** Takes down every descendant of a process, all that share its namespaces, and those namespaces. */
export function takeTraces(root = process.pid): Traces {
  const descendants = descendantsOf(root);
  const own = new Set(namespacesOf("self"));
  const namespaces = new Set(descendants.flatMap(namespacesOf).filter((name) => !own.has(name)));
  return { processes: descendants, namespaces: [...namespaces] };
}

/** Those of the traces that are still there, as text. */
export function remains({ processes, namespaces }: Traces): string[] {
  const alive = readdirSync("/proc").filter(
    (name) => /^\d+$/.test(name) && isRunning(Number(name)),
  );
  const inUse = new Set(alive.flatMap(namespacesOf));
  return [
    ...processes.filter(isRunning).map((pid) => `${pid} ${commandLine(pid)}`),
    ...namespaces.filter((name) => inUse.has(name)),
  ];
}

/** Control groups that sandboxes made, in every hierarchy of this machine. */
export function controlGroups(): string[] {
  const root = "/sys/fs/cgroup";
  if (!existsSync(root)) return [];
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [name, ...readdirSync(join(root, name))])
    .filter((name) => name.startsWith("runsc-"));
}

/** The descendants of a process whose command line holds a text. */
export function descendantsNamed(text: string, root = process.pid): number[] {
  return descendantsOf(root).filter((pid) => commandLine(pid).includes(text));
}

function descendantsOf(root: number): number[] {
  return childrenOf(root).flatMap((child) => [child, ...descendantsOf(child)]);
}

function namespacesOf(pid: number | string): string[] {
  return KINDS.flatMap((kind) => {
    try {
      return [readlinkSync(`/proc/${pid}/ns/${kind}`)];
    } catch {
      return []; // it has ended
    }
  });
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
