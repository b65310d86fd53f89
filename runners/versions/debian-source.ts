import { findMissingProgram } from "../find-program.ts";
import { TargetProblem } from "../runner.ts";

/** Where this machine itself gets Debian's packages from, and the key that signs them. */
export interface DebianSource {
  readonly mirror: string;
  /** File of the keys that sign the suites. */
  readonly keyring: string;
}

/**
 * Asks apt for the mirror that this machine uses. Throws TargetProblem where the machine is not a Debian one or lacks
 * Debian's tools.
 */
export async function findDebianSource(): Promise<DebianSource> {
  const lack =
    process.platform === "linux"
      ? await findMissingProgram({ "apt-get": "apt", "dpkg-deb": "dpkg", tar: "tar" })
      : null;
  if (process.platform !== "linux" || lack?.why.startsWith("apt-get"))
    throw new TargetProblem(
      "versions are taken from Debian's packages, and this system has no apt-get (use a Debian machine, or give a path of your own: wine@/path)",
    );
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const { execa } = await import("execa");
  const { stdout } = await execa(
    "apt-get",
    [
      "indextargets",
      "--format",
      "$(ORIGIN)|$(LABEL)|$(REPO_URI)|$(SIGNED_BY)",
      "Created-By: Packages",
    ],
    { reject: false, stdin: "ignore" },
  );
  const sources = stdout.split("\n").map((line) => line.split("|"));
  const [, , mirror, keyring = ""] =
    sources.find(([origin, label]) => origin === "Debian" && label === "Debian") ?? [];
  if (mirror === undefined)
    throw new TargetProblem(
      "apt knows no Debian mirror (on Debian run 'apt-get update' first; other systems give a path of their own: wine@/path)",
    );
  return { mirror, keyring: keyring.startsWith("/") ? keyring : DEBIAN_KEYRING };
}

// Package debian-archive-keyring.
const DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
