import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

// This file runs on another host: it is sent there as it was compiled, followed by one call. So it uses Node alone.

/** What is sent along. */
export interface Upload {
  /** Archives to unpack into one folder, in base64. */
  readonly archives: readonly string[];
  /** The program to run, as a path in that folder, and its arguments. */
  readonly program: readonly string[];
}

/** The last line that is written: how the program ended. */
export interface EndLine {
  readonly type: "end";
  /** Such as `exit code 3`. */
  readonly ending: string;
  /** The last of what it wrote on stderr. */
  readonly words: string;
}

/**
 * Unpacks, runs the program and passes on what it writes, line by line; then removes everything, this file too.
 * Stdin ends when the connection does: then the program is ended at once.
 */
export async function hostHarness({ archives, program }: Upload): Promise<void> {
  const self = fileURLToPath(import.meta.url);
  removeOld(path.dirname(self), ".bindcheck-ssh-");
  removeOld(tmpdir(), "bindcheck-ssh-");
  rmSync(self, { force: true });
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-ssh-"));
  let child: ChildProcess | null = null;
  let removed: Promise<void> | null = null;
  const remove = (): Promise<void> => (removed ??= removeFolder(folder));
  const giveUp = (): void => {
    if (child) endTree(child);
    void remove().finally(() => process.exit(1));
  };
  for (const name of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.once(name, giveUp);
  for (const event of ["end", "close", "error"]) process.stdin.once(event, giveUp);
  process.stdin.resume();
  process.stdout.on("error", giveUp);
  process.stderr.on("error", () => undefined); // nobody is there to be told
  try {
    for (const archive of archives) unpackArchive(Buffer.from(archive, "base64"), folder);
    child = start(folder, program);
    const end = await passOn(child);
    await remove();
    process.stdout.write(`${toAscii(JSON.stringify(end))}\n`, () => process.exit(0));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    giveUp();
  }
}

/** Writes the files of an archive below a folder. Other accounts may read them: an experiment may need that. */
export function unpackArchive(archive: Uint8Array, folder: string): void {
  const bytes = gunzipSync(archive);
  const end = 4 + bytes.readUInt32BE(0);
  const names = JSON.parse(bytes.toString("utf8", 4, end)) as readonly [string, number][];
  chmodSync(folder, 0o755);
  let at = end;
  for (const [name, size] of names) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${name} is outside of the archive's folder`);
    makeFolder(path.dirname(file));
    writeFileSync(file, bytes.subarray(at, at + size));
    chmodSync(file, 0o644);
    at += size;
  }
}

function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made))
    chmodSync(made, 0o755);
}

function start(folder: string, [entry = "", ...rest]: readonly string[]): ChildProcess {
  return spawn(process.execPath, [path.join(folder, entry), ...rest], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // The leader of a group, so that all it starts can be ended with it.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

const MOST_WORDS = 2000;

/** Its lines as they come; then how it ended. */
async function passOn(child: ChildProcess): Promise<EndLine> {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-MOST_WORDS);
  });
  if (child.stdout)
    createInterface({ input: child.stdout }).on("line", (line) => {
      process.stdout.write(`${toAscii(line)}\n`);
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // At once, while its id cannot have passed on to another process; a child that is left may hold the pipes.
    child.once("exit", () => endGroup(child));
    child.once("close", (code, signal) => {
      const ending = signal === null ? `exit code ${code}` : `killed by ${signal}`;
      resolve({ type: "end", ending, words });
    });
  });
}

/** JSON that no shell on the way can spoil by taking it for text of another code page. */
function toAscii(json: string): string {
  return json.replaceAll(
    /[\u007F-\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Ends it and all that it started. */
function endTree(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform !== "win32") endGroup(child);
  else {
    spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    // Where there is no such taskkill; its binders end when it does.
    child.kill();
  }
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}

const REMOVE_TRIES = 100;

/** Again and again: Windows lets a file go some time after the process that used it. */
async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === REMOVE_TRIES) return void process.stderr.write(`${(error as Error).message}\n`);
      await sleep(100);
    }
}

const OLD_MS = 24 * 60 * 60 * 1000;

/** What was left where a host lost power, or a connection broke while the file was on its way. */
function removeOld(folder: string, prefix: string): void {
  for (const name of readdirSync(folder).filter((each) => each.startsWith(prefix))) {
    const file = path.join(folder, name);
    const made = statSync(file, { throwIfNoEntry: false });
    if (made && Date.now() - made.mtimeMs > OLD_MS)
      try {
        rmSync(file, { recursive: true, force: true });
      } catch {
        // Somebody else's.
      }
  }
}
