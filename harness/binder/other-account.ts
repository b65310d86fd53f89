import { readFileSync } from "node:fs";
import { ownEnvironment } from "./public-environment.ts";

/** Another user of this system, to bind the second endpoint as. */
export type OtherAccount = PosixAccount | WindowsAccount;

/** A user by number, as root may start programs. */
interface PosixAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** A user by name and password: on Windows any account may start programs with these. */
export interface WindowsAccount {
  readonly name: string;
  /** `.` is this machine. */
  readonly domain: string;
  readonly password: string;
}

/** Another account that this process may start programs as, or why there is none and what mends it. */
export function findOtherAccount(
  environment: NodeJS.ProcessEnv = ownEnvironment(),
): OtherAccount | { readonly problem: string } {
  if (process.platform === "win32") return findWindowsAccount(environment);
  if (process.getuid?.() !== 0)
    return { problem: "only root may start a program as another user: run with sudo" };
  const name = environment["BINDCHECK_OTHER_USER"] ?? "nobody";
  // passwd(5): name:password:UID:GID:...
  const entry = readLines("/etc/passwd")
    .map((line) => line.split(":"))
    .find((fields) => fields[0] === name);
  if (!entry) return { problem: `there is no user '${name}': set BINDCHECK_OTHER_USER to one` };
  // Some systems write nobody as -2; the kernel takes it as an unsigned number.
  const account = { name, uid: Number(entry[2]) >>> 0, gid: Number(entry[3]) >>> 0 };
  return isKnownHere(account.uid, readLines("/proc/self/uid_map"))
    ? account
    : { problem: `this user namespace does not know the user '${name}': run with sudo` };
}

/** Whether a user exists in this user namespace; uid_map as user_namespaces(7) describes it. */
export function isKnownHere(uid: number, uidMap: readonly string[]): boolean {
  const ranges = uidMap
    .filter((line) => line.trim() !== "")
    .map((line) => line.trim().split(/\s+/).map(Number));
  // Other systems, and old kernels, have no such namespaces.
  if (ranges.length === 0) return true;
  return ranges.some(([from = 0, , count = 0]) => uid >= from && uid < from + count);
}

function findWindowsAccount({
  BINDCHECK_OTHER_USER: user,
  BINDCHECK_OTHER_PASSWORD: password,
}: NodeJS.ProcessEnv): WindowsAccount | { readonly problem: string } {
  if (!user || !password)
    return {
      problem:
        "set BINDCHECK_OTHER_USER and BINDCHECK_OTHER_PASSWORD to a second account of this machine",
    };
  const [domain = ".", name = user] = user.includes("\\") ? user.split("\\") : [".", user];
  return { name, domain, password };
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
