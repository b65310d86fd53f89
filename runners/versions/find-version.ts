import { access } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { findWine } from "../wine-installation.ts";
import { TargetProblem } from "../runner.ts";
import { installedVersions } from "./install.ts";
import { nodeIn } from "./node-versions.ts";
import { ownVersions } from "./own-versions.ts";

/** A target of which several versions can be on one machine. */
type VersionedName = "wine" | "uml" | "gvisor" | "node";

/** The program of a version, and what it needs. */
export interface FoundVersion {
  /** Its path; below `/usr` where `usr` takes the place of that. */
  readonly program: string;
  /** The folder that must stand in the place of `/usr` while the program runs; null for none. */
  readonly usr: string | null;
}

/**
 * The program of a NAME@VERSION: the machine's own where that has the version, one that `bindcheck versions --install`
 * unpacked, or the file or root that a path names. Throws TargetProblem when there is none.
 */
export async function findVersion(name: VersionedName, version: string): Promise<FoundVersion> {
  if (/^[./~]/.test(version)) return atPath(name, version);
  const own = await ownVersions();
  if (own.some((each) => each.name === name && each.version === version)) return ownProgram(name);
  const installed = await installedVersions();
  const found = installed.find((each) => each.name === name && each.version === version);
  if (found) return programIn(name, found.root);
  throw new TargetProblem(
    `${name}@${version} is not here; get it with: bindcheck versions --install ${name}@${version}`,
  );
}

async function atPath(name: VersionedName, given: string): Promise<FoundVersion> {
  const place = path.resolve(given.replace(/^~(?=\/|$)/, homedir()));
  await access(place).catch(() => {
    throw new TargetProblem(`${name}@${given}: there is no such file`);
  });
  return name === "wine" ? programIn(name, place) : { program: place, usr: null };
}

async function ownProgram(name: VersionedName): Promise<FoundVersion> {
  const program = {
    wine: (await findWine())?.loader ?? "wine",
    uml: "linux.uml",
    gvisor: "runsc",
    node: process.execPath,
  }[name];
  return { program, usr: null };
}

function programIn(name: VersionedName, root: string): FoundVersion {
  const usr = path.join(root, "usr");
  switch (name) {
    case "wine":
      return { program: "/usr/lib/wine/wine64", usr };
    case "uml":
      return { program: "/usr/bin/linux.uml", usr };
    case "gvisor": // it is linked statically
      return { program: path.join(usr, "bin", "runsc"), usr: null };
    case "node":
      return { program: nodeIn(root), usr: null };
  }
}
