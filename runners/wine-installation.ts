import { findProgram } from "./find-program.ts";
import { inItsUsr } from "./in-its-usr.ts";

/** The command that installs it on Debian. */
export const INSTALL_WINE = "apt-get install --no-install-recommends wine wine64";

/** A Wine that is installed on this machine. */
export interface WineInstallation {
  /** Absolute path of the program that starts Windows programs. */
  readonly loader: string;
  /** As Wine says it, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly version: string;
  /** The folder that must stand in the place of /usr while it runs; null for none. */
  readonly usr: string | null;
}

/** The Wine that is first on PATH, or null. */
export async function findWine(): Promise<WineInstallation | null> {
  const loader = (await findProgram("wine")) ?? (await findProgram("wine64"));
  return loader === null ? null : readInstallation(loader, null);
}

/** A Wine by its loader, with the folder that must stand in the place of /usr; null where it does not start. */
export async function readInstallation(
  loader: string,
  usr: string | null,
): Promise<WineInstallation | null> {
  const { execa } = await import("execa");
  const [file = "", ...rest] = startingWords({ loader, usr }, loader);
  const { stdout } = await execa(file, [...rest, "--version"], {
    env: { WINEDEBUG: "-all" },
    reject: false,
    stdin: "ignore",
  });
  return stdout ? { loader, version: stdout.trim(), usr } : null;
}

/** What starts a program of an installation outside of any namespaces of a run. */
export function startingWords(
  { usr }: Pick<WineInstallation, "loader" | "usr">,
  program: string,
): string[] {
  return usr === null ? [program] : inItsUsr(usr, [program]);
}

/** Wine's server: the one on PATH, or that of the installation. */
export function serverOf({ usr }: WineInstallation): string {
  return usr === null ? "wineserver" : "/usr/lib/wine/wineserver64";
}
