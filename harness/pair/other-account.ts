import { readFileSync } from "node:fs";

/** Another user of this system, to bind the second endpoint as. */
export interface OtherAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Another account that this process may start programs as, or why there is none and what mends it. */
export function findOtherAccount(
  environment: NodeJS.ProcessEnv = process.env,
): OtherAccount | { readonly problem: string } {
  if (process.getuid?.() !== 0)
    return { problem: "only root may start a program as another user: run with sudo" };
  const name = environment["BINDCHECK_OTHER_USER"] ?? "nobody";
  // passwd(5): name:password:UID:GID:...
  const entry = readPasswd()
    .map((line) => line.split(":"))
    .find((fields) => fields[0] === name);
  if (!entry) return { problem: `there is no user '${name}': set BINDCHECK_OTHER_USER to one` };
  // Some systems write nobody as -2; the kernel takes it as an unsigned number.
  return { name, uid: Number(entry[2]) >>> 0, gid: Number(entry[3]) >>> 0 };
}

function readPasswd(): string[] {
  try {
    return readFileSync("/etc/passwd", "utf8").split("\n");
  } catch {
    return [];
  }
}
