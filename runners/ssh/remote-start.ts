import { spawn } from "node:child_process";
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
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

// This file runs on another host: it is sent there as it was compiled, followed by one call. So it uses Node alone.

/** What is sent along. */
export interface Upload {
  /** What is unpacked, in base64. */
  readonly archive: string;
  /** The program to run, as a path in there. */
  readonly program: string;
  /** Whether this file stays for the next time. */
  readonly keeps: boolean;
}

/** Unpacks, and runs the program on the streams of this one; when that ends, removes what was unpacked. */
export function startThere({ archive, program, keeps }: Upload): void {
  const self = fileURLToPath(import.meta.url);
  removeOld(path.dirname(self), ".bindcheck-ssh-");
  removeOld(tmpdir(), "bindcheck-ssh-");
  if (!keeps) rmSync(self, { force: true });
  const folder = mkdtempSync(path.join(tmpdir(), "bindcheck-ssh-"));
  unpackArchive(Buffer.from(archive, "base64"), folder);
  const child = spawn(process.execPath, [path.join(folder, program)], {
    stdio: "inherit",
    windowsHide: true,
  });
  // The program ends when its input does; only then can its files go.
  for (const name of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(name, () => child.kill());
  const finish = (code: number): void =>
    void removeFolder(folder).finally(() => process.exit(code));
  child.once("error", () => finish(1));
  child.once("exit", (code) => finish(code ?? 1));
}

/** Writes the files of an archive below a folder. Other accounts may read them: an experiment may need that. */
export function unpackArchive(archive: Uint8Array, folder: string): void {
  const files = JSON.parse(gunzipSync(archive).toString()) as readonly [string, string][];
  process.umask(0o022);
  chmodSync(folder, 0o755);
  for (const [name, content] of files) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep))
      throw new Error(`${name} is outside of the archive's folder`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, "latin1");
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
