import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { childrenOf, isRunning, until } from "../program/processes.ts";

/** What a target has of this machine while it runs. Linux only. */
export interface Traces {
  readonly processes: readonly number[];
  /** Namespaces that are not this process's own, such as `net:[4026532265]`. */
  readonly namespaces: readonly string[];
  /** Open files of the namespaces: the system gives the number of one that is over to the next at once. */
  readonly held: readonly number[];
}

const KINDS = ["net", "pid", "mnt", "user"];

/** Takes down every descendant of a process, all that share its namespaces, and those namespaces. */
export function takeTraces(root = process.pid): Traces {
  const descendants = descendantsOf(root);
  const own = new Set(namespacesOf("self"));
  const namespaces = new Map(
    descendants.flatMap(namespaceFilesOf).filter(([name]) => !own.has(name)),
  );
  const held = [...namespaces.values()].flatMap((file) => {
    try {
      return [openSync(file, "r")];
    } catch {
      return []; // its process has ended
    }
  });
  return { processes: descendants, namespaces: [...namespaces.keys()], held };
}

/** Waits until nothing of the traces is there any more. */
export async function untilGone(traces: Traces): Promise<void> {
  await until(() => remains(traces).length === 0);
  for (const descriptor of traces.held) closeSync(descriptor);
}

/** Those of the traces that are still there, as text. */
function remains({ processes, namespaces }: Traces): string[] {
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
  return namespaceFilesOf(pid).map(([name]) => name);
}

/** The namespaces of a process, each with a file of it. */
function namespaceFilesOf(pid: number | string): [name: string, file: string][] {
  return KINDS.flatMap((kind): [string, string][] => {
    const file = `/proc/${pid}/ns/${kind}`;
    try {
      return [[readlinkSync(file), file]];
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
