import coerce from "semver/functions/coerce.js";
import type { SemVer } from "semver";
import type { TargetLine } from "./line.ts";

/** The version that people know a system by: Wine's own, not that of the Windows that it claims to be. */
export function ownVersion({
  platform,
  runtime,
}: Pick<TargetLine, "platform" | "runtime">): string {
  return runtime[platform.name] ?? platform.version;
}

/** A version as numbers, `0.0~20240729.0` of Debian's gVisor as 0.0.20240729; null where it has none. */
export function comparable(version: string): SemVer | null {
  return coerce(version.replace("~", "."));
}
