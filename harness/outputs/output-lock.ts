import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { InputError } from "../model/problem.ts";
import { removeHeld } from "../results/held-files.ts";

/**
 * Keeps a file for this process as long as it runs, so that no two runs write into one file: its id goes into a file
 * beside it, FILE.lock, which the end of this process removes. Throws InputError when a process that still runs keeps
 * the file. What is not a regular file, such as a device or a pipe, needs no such care.
 */
export function lockOutput(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) return;
  const lock = `${realPath(file)}.lock`;
  if (locks.has(lock)) throw new InputError([`${file} is named for two reports`]);
  while (!takeLock(lock)) {
    const owner = ownerOf(lock);
    if (isRunning(owner))
      throw new InputError([
        `${file} is being written by another run, process ${owner.split(" ", 1)[0]} (name another folder with --out)`,
      ]);
    removeLeft(lock, owner);
  }
  if (locks.size === 0) process.on("exit", releaseOutputs);
  locks.add(lock);
}

/** Gives every file of this process back. */
function releaseOutputs(): void {
  for (const lock of locks) removeHeld(lock);
  locks.clear();
}

const locks = new Set<string>();

/** A file whose folder, or which itself, may not be there yet. */
export function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return path.resolve(file);
  }
}

/** False when there is one already. A place where none can be made needs none: the file itself will say why. */
function takeLock(lock: string): boolean {
  // Written aside, so that no other run sees one without its owner.
  const own = `${lock}.${process.pid}`;
  try {
    writeFileSync(own, identify(process.pid));
    putWhole(own, lock);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "EEXIST";
  } finally {
    removeHeld(own);
  }
}

function putWhole(own: string, lock: string): void {
  try {
    linkSync(own, lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    copyFileSync(own, lock, constants.COPYFILE_EXCL); // not every file system has links
  }
}

/** Removes what a killed run left. One process at a time does, else a late one would remove the lock of the next run. */
function removeLeft(lock: string, owner: string): void {
  const removal = `${lock}.removal`;
  if (takeLock(removal)) {
    if (ownerOf(lock) === owner) removeHeld(lock);
    removeHeld(removal);
  } else if (!isRunning(ownerOf(removal))) removeHeld(removal); // killed in that moment
}

function ownerOf(lock: string): string {
  try {
    return readFileSync(lock, "utf8");
  } catch {
    return ""; // it has just been given back
  }
}

/** A process, told from a later one of the same id where the system tells when it began. */
function identify(pid: number): string {
  return `${pid} ${startOf(pid)}`;
}

function isRunning(owner: string): boolean {
  const pid = Number(owner.split(" ", 1)[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another account's.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return owner === identify(pid);
}

/** When a process began, in ticks since the machine did: field 22 of proc_pid_stat(5). */
function startOf(pid: number): string {
  try {
    const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) (?=[^)]*$)/);
    return fields.split(" ")[19] ?? "";
  } catch {
    return ""; // another system than Linux
  }
}
