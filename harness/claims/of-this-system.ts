import { platformName } from "../binder/host.ts";
import type { Claim } from "../model/claim.ts";
import { implementsOf } from "../model/vocabulary.ts";
import { speaksOfPlatform } from "./applies-to.ts";

/** The claims of documents that speak of the system of a `process.platform`, in any version. */
export function claimsOfThisSystem(
  claims: readonly Claim[],
  platform: string = process.platform,
): Claim[] {
  const name = platformName(platform);
  const here = { name, implements: implementsOf(name), version: "" };
  return claims.filter(({ document }) => speaksOfPlatform(document, here));
}
