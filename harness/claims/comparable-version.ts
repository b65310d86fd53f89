import coerce from "semver/functions/coerce.js";
import type { SemVer } from "semver";

/** A version as numbers, `0.0~20240729.0` of Debian's gVisor as 0.0.20240729; null where it has none. */
export function comparable(version: string): SemVer | null {
  return coerce(version.replace("~", "."));
}
