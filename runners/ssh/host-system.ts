import type { HostSystem } from "../prepare/native-koffi.ts";
import { LEAST_NODE } from "./failure.ts";

/** Words that every shell passes on as they are and that make Node tell what it runs on. */
export const ASK_SYSTEM: readonly string[] = [
  "node",
  "-p",
  "process.platform+process.arch+process.version",
];

/** What the answer says; a sentence where Node is too old; null where it is not an answer. */
export function readSystem(stdout: string): HostSystem | { readonly problem: string } | null {
  const found = ANSWER.exec(stdout)?.groups;
  if (!found) return null;
  const { platform = "", arch = "", version = "", major = 0, minor = 0 } = found;
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE.split(".").map(Number);
  const isOld =
    Number(major) < leastMajor || (Number(major) === leastMajor && Number(minor) < leastMinor);
  return isOld
    ? { problem: `has Node ${version}; install ${LEAST_NODE} or newer there` }
    : { platform, arch };
}

// On a line of its own: a login may greet before it.
const ANSWER =
  /^(?<platform>aix|android|darwin|freebsd|linux|netbsd|openbsd|sunos|win32)(?<arch>[a-z0-9_]+?)v(?<version>(?<major>\d+)\.(?<minor>\d+)\.\S+)\s*$/m;
