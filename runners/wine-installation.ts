import { findProgram } from "./find-program.ts";

/** The command that installs it on Debian. */
export const INSTALL_WINE = "apt-get install --no-install-recommends wine wine64";

/** A Wine that is installed on this machine. */
export interface WineInstallation {
  /** Absolute path of the program that starts Windows programs. */
  readonly loader: string;
  /** As Wine tells it, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly version: string;
}

/** The Wine that is first on PATH, or null. */
export async function findWine(): Promise<WineInstallation | null> {
  const loader = (await findProgram("wine")) ?? (await findProgram("wine64"));
  if (loader === null) return null;
  const { execa } = await import("execa");
  const { stdout } = await execa(loader, ["--version"], {
    env: { WINEDEBUG: "-all" },
    reject: false,
    stdin: "ignore",
  });
  return stdout ? { loader, version: stdout.trim() } : null;
}
