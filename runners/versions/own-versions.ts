import { findProgram } from "../find-program.ts";
import { findWine } from "../wine-installation.ts";

/** A version that this machine's own installed program has. */
export interface OwnVersion {
  readonly name: string;
  readonly version: string;
}

/** The versions of the systems that this machine has installed itself, spelled as in NAME@VERSION. */
export async function ownVersions(): Promise<OwnVersion[]> {
  const [wine, uml, gvisor] = await Promise.all([findWine(), says("linux.uml"), says("runsc")]);
  const found = [
    ownVersion("wine", wine?.version, /(\d+\.\d+)/),
    ownVersion("uml", uml, /^(\d+\.\d+)/),
    ownVersion("gvisor", gvisor, /(\d{8})/),
    ownVersion("node", process.version, /^v(\d+)/),
  ];
  return found.filter((version) => version !== null);
}

function ownVersion(name: string, text: string | undefined, pattern: RegExp): OwnVersion | null {
  const version = pattern.exec(text ?? "")?.[1];
  return version === undefined ? null : { name, version };
}

async function says(program: string): Promise<string | undefined> {
  const file = await findProgram(program);
  if (file === null) return undefined;
  const { execa } = await import("execa");
  const { stdout } = await execa(file, ["--version"], { reject: false, stdin: "ignore" });
  return stdout;
}
