import coerce from "semver/functions/coerce.js";
import satisfies from "semver/functions/satisfies.js";
import intersects from "semver/ranges/intersects.js";
import { BSDS, OFFERS_CALLS_OF, PLATFORMS } from "../model/vocabulary.ts";
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
  return isSystem && intersects(a.appliesTo.versions, b.appliesTo.versions);
}

const EVERY_PLATFORM: readonly Platform[] = PLATFORMS.map((name) => ({
  name,
  implements: OFFERS_CALLS_OF[name] ?? name,
  version: "",
}));
