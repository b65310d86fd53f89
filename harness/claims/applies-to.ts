import coerce from "semver/functions/coerce.js";
import satisfies from "semver/functions/satisfies.js";
import intersects from "semver/ranges/intersects.js";
import type { Platform } from "../model/platform.ts";
import type { Document } from "../model/claim.ts";

/** Whether a document speaks of this version of the platform. */
export function appliesTo(document: Document, target: Platform): boolean {
  const { versions } = document.appliesTo;
  if (!speaksOfPlatform(document, target)) return false;
  if (versions === "*") return true;
  const version = coerce(target.version);
  return version !== null && satisfies(version, versions);
}

/** Whether a document speaks of the platform in any version: of what it is, or of whose socket calls it offers. */
export function speaksOfPlatform({ appliesTo: { platform } }: Document, target: Platform): boolean {
  const spoken = PLATFORM_GROUPS[platform] ?? [platform];
  return platform === "any" || spoken.includes(target.name) || spoken.includes(target.implements);
}

/** Words of case files that stand for several platforms. */
const PLATFORM_GROUPS: Readonly<Record<string, readonly string[]>> = {
  bsd: ["macos", "freebsd", "openbsd"],
};

/** Whether there can be a system that two documents both speak of. */
export function canSpeakOfOne(a: Document, b: Document): boolean {
  const isSystem = PLATFORMS.some(
    (platform) => speaksOfPlatform(a, platform) && speaksOfPlatform(b, platform),
  );
  return isSystem && intersects(a.appliesTo.versions, b.appliesTo.versions);
}

// A platform by itself implements its own calls; Wine and gVisor implement another's.
const PLATFORMS: readonly Platform[] = [
  ...["windows", "linux", "macos", "freebsd", "openbsd"].map((name) => ({
    name,
    implements: name,
  })),
  { name: "wine", implements: "windows" },
  { name: "gvisor", implements: "linux" },
].map((platform) => ({ ...platform, version: "" }));
