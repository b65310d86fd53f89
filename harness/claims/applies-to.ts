import satisfies from "semver/functions/satisfies.js";
import intersects from "semver/ranges/intersects.js";
import { BSDS, implementsOf, OFFERS_CALLS_OF, PLATFORMS } from "../model/vocabulary.ts";
import { versionFor, type Platform } from "../model/platform.ts";
import { comparable } from "./comparable-version.ts";
import type { Document } from "../model/claim.ts";

/** Whether a document speaks of this version of the platform: a document about Wine or gVisor of its own, others of the one that it claims. */
export function appliesTo(document: Document, target: Platform): boolean {
  const { platform, versions } = document.appliesTo;
  if (!speaksOfPlatform(document, target)) return false;
  if (versions === "*") return true;
  const version = comparable(versionFor(platform, target) ?? "");
  return version !== null && satisfies(version, versions);
}

/** Whether a document speaks of the platform in any version: of what it is, or of whose socket calls it offers. */
export function speaksOfPlatform(
  { appliesTo: { platform } }: Pick<Document, "appliesTo">,
  target: Platform,
): boolean {
  if (platform === "any") return true;
  const spoken: readonly string[] = platform === "bsd" ? BSDS : [platform];
  return spoken.includes(target.name) || spoken.includes(target.implements);
}

/** Whether there can be a system that two documents both speak of. */
export function canSpeakOfOne(a: Document, b: Document): boolean {
  const isSystem = EVERY_PLATFORM.some(
    (platform) => speaksOfPlatform(a, platform) && speaksOfPlatform(b, platform),
  );
  if (!isSystem) return false;
  const [one, other] = [a.appliesTo, b.appliesTo];
  // Ranges of Wine's versions and of Windows' cannot be compared.
  const isOneRange = versionSpace(one.platform) === versionSpace(other.platform);
  return isOneRange || one.versions === "*" || other.versions === "*"
    ? intersects(one.versions, other.versions)
    : false;
}

/** Whose versions the ranges of a platform's documents are: their own, of one that offers another system's calls. */
function versionSpace(platform: string): string {
  return Object.hasOwn(OFFERS_CALLS_OF, platform) ? platform : "the system's";
}

const EVERY_PLATFORM: readonly Platform[] = PLATFORMS.map((name) => ({
  name,
  implements: implementsOf(name),
  version: "",
}));
