import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import { packArchive } from "../archive.ts";
import { BINDER_NAME, binderFiles } from "../prepare/binder-files.ts";
import type { HostSystem } from "../prepare/native-koffi.ts";
import type { Preparation } from "../prepare/preparation.ts";
import { TargetProblem } from "../runner.ts";
import { runCommand } from "./command.ts";
import { fileThere, type Destination } from "./destination.ts";
import { copyFailure } from "./failure.ts";
import { scpArguments, sshArguments } from "./options.ts";
import type { Upload } from "./remote-start.ts";

/** A file that Node can run on a host: it unpacks a binder there and runs it. */
export interface BinderUpload {
  /** Its name in the login's folder. */
  readonly name: string;
  readonly text: string;
}

/** One that removes itself when it starts; or, where it stays, one that is named by its content. */
export async function makeUpload(
  system: HostSystem,
  preparation: Preparation,
  keeps: boolean,
): Promise<BinderUpload> {
  const archive = packArchive(await binderFiles(system, preparation)).toString("base64");
  const upload: Upload = { archive, program: BINDER_NAME, keeps };
  const source = path.join(PACKAGE_ROOT, "dist/runners/ssh/remote-start.js");
  const text = `${readFileSync(source, "utf8")}\nstartThere(${JSON.stringify(upload)});\n`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return {
    name: keeps ? `.bindcheck-kept-${hash}.mjs` : `.bindcheck-ssh-${randomUUID()}.mjs`,
    text,
  };
}

// Half a megabyte, over a slow line.
const COPY_MS = 600_000;
const REMOVE_MS = 10_000;

/** Copies it to the login's folder there. Throws TargetProblem. */
export async function copyUpload(
  destination: Destination,
  { name, text }: BinderUpload,
  { folder, signal }: { readonly folder: string; readonly signal: AbortSignal },
): Promise<void> {
  await writeFile(path.join(folder, name), text);
  // A name without a folder: scp takes what comes before a colon for a host.
  const given = [...scpArguments(destination), name, fileThere(destination, name)];
  const ended = await runCommand("scp", given, { cwd: folder, signal, timeoutMs: COPY_MS });
  if (ended.exitCode !== 0) throw new TargetProblem(copyFailure(destination, ended));
}

/** Removes an upload that did not come to remove itself; where that fails too, the next run there does it. */
export async function removeUpload(
  destination: Destination,
  { name }: BinderUpload,
  { platform }: HostSystem,
): Promise<void> {
  // `del` is a word of cmd.exe and of PowerShell.
  const command = platform === "win32" ? ["del", name] : ["rm", "-f", name];
  await runCommand("ssh", sshArguments(destination, command), { timeoutMs: REMOVE_MS });
}
