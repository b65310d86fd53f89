import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** Absolute path of a program on PATH, or where the system keeps those of its administrator; null if there is none. */
export async function findProgram(name: string): Promise<string | null> {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...FOLDERS_OF_ROOT];
  for (const folder of folders) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== "" && found) return path;
  }
  return null;
}

// Debian leaves them out of a user's PATH, also where their programs serve a user well, as `ip` does.
const FOLDERS_OF_ROOT = ["/usr/sbin", "/sbin"];

/** Why a target cannot be used here, and the command that installs or enables what is missing. */
export interface Lack {
  readonly why: string;
  readonly mend: string;
}

/** The first of some programs that this machine lacks, with the command that installs its Debian package. */
export async function findMissingProgram(
  packages: Readonly<Record<string, string>>,
): Promise<Lack | null> {
  for (const [program, name] of Object.entries(packages))
    if ((await findProgram(program)) === null)
      return {
        why: `${program} is not installed`,
        mend: `apt-get install --no-install-recommends ${name}`,
      };
  return null;
}
