import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { PACKAGE_ROOT } from "../../harness/package-root.ts";
import type { HostSystem } from "../prepare/native-koffi.ts";
import { openRunFolder } from "../run-folder.ts";
import { TargetProblem } from "../runner.ts";
import { runCommand } from "./command.ts";
import { fileThere, type Destination } from "./destination.ts";
import { copyFailure } from "./failure.ts";
import { scpArguments, sshArguments } from "./options.ts";
import type { Upload } from "./remote-harness.ts";

// Some megabytes, over a slow line.
const COPY_MS = 600_000;
const REMOVE_MS = 10_000;

/** Copies a program to the login's folder there, as one file that Node can run. */
export async function uploadHarness(
  destination: Destination,
  file: string,
  upload: Upload,
  signal: AbortSignal,
): Promise<void> {
  const folder = openRunFolder();
  try {
    await writeFile(path.join(folder.path, file), programText(upload));
    // A name without a folder: scp takes what stands before a colon for a host.
    const given = [...scpArguments(destination), file, fileThere(destination, file)];
    const ended = await runCommand("scp", given, { cwd: folder.path, signal, timeoutMs: COPY_MS });
    if (ended.exitCode !== 0) throw new TargetProblem(copyFailure(destination, ended));
  } finally {
    await folder.remove();
  }
}

/** Removes an upload that did not come to remove itself; where that fails too, the next run there does it. */
export async function removeUpload(
  destination: Destination,
  file: string,
  { platform }: HostSystem,
): Promise<void> {
  // `del` is a word of cmd.exe and of PowerShell.
  const command = platform === "win32" ? ["del", file] : ["rm", "-f", file];
  await runCommand("ssh", sshArguments(destination, command), { timeoutMs: REMOVE_MS });
}

function programText(upload: Upload): string {
  const source = path.join(PACKAGE_ROOT, "dist/runners/ssh/remote-harness.js");
  return `${readFileSync(source, "utf8")}\nawait hostHarness(${JSON.stringify(upload)});\n`;
}
