import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A temporary folder of this process. */
export interface RunFolder {
  readonly path: string;
  /** Removes it; at the latest it goes when the process exits. */
  remove(): Promise<void>;
}

/** Makes one, and removes those of processes that were killed before they could. */
export function openRunFolder(): RunFolder {
  removeOrphans();
  const path = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const removeNow = (): void => rmSync(path, REMOVE);
  process.once("exit", removeNow);
  return {
    path,
    async remove() {
      await rm(path, REMOVE);
      process.off("exit", removeNow);
    },
  };
}

// On Windows a fresh or dying file may be held for a moment, by a virus scanner for example: EBUSY or EPERM.
const REMOVE = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };

// A process id means something in its own namespace only; containers may share a folder.
const PREFIX = `bindcheck-${processNamespace()}-`;

/** namespaces(7): a link to `pid:[NUMBER]`. Short, because a socket in such a folder may have a path of 107 bytes. */
function processNamespace(): string {
  try {
    return Number(/\d+/.exec(readlinkSync("/proc/self/ns/pid"))).toString(36);
  } catch {
    return "0"; // this system has none
  }
}

function removeOrphans(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : 0;
    const path = join(tmpdir(), name);
    if (owner > 0 && !isRunning(owner) && isOurs(path)) rmSync(path, REMOVE);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

// In a folder for everybody, a name alone proves nothing.
function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}
