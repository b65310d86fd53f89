import type { TargetLine } from "../results/line.ts";
import { ownVersion } from "../results/own-version.ts";

/** Remembers targets that have begun; gives a warning for one that is the same system as one before it. */
export function createTwinFinder(): (line: TargetLine) => string | null {
  const begun = new Map<string, string>();
  return (line) => {
    const { target, platform, os, runtime } = line;
    // Versions of one system; a namespace and the machine that it is on are two targets on purpose.
    const name = target.replace(/^(\w+)@[^:]*/, "$1");
    const key = JSON.stringify([name, platform, os, runtime]);
    const twin = begun.get(key);
    begun.set(key, twin ?? target);
    return twin === undefined
      ? null
      : `${twin} and ${target} are the same system (${platform.name} ${ownVersion(line)}): one of them is enough`;
  };
}
