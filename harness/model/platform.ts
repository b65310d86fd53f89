import type { AddressKind } from "./vocabulary.ts";

/** Facts of a target that decide which documents speak of it. */
export interface Platform {
  /** What it is: `linux`, `windows`, `macos`, `freebsd`, `openbsd`, `wine`, ... */
  readonly name: string;
  /** Whose socket calls it offers: `windows` for Wine, else its own name. Documents apply by this. */
  readonly implements: string;
  /** Version that documents' ranges are held against, for example `10.0.19043` or `6.1.0`. */
  readonly version: string;
  /** Its own version, where it offers another system's calls and is known: Wine's, gVisor's. */
  readonly own?: string;
}

/** The version of a target that a document about a platform speaks of; null where it is not known. */
export function versionFor(platform: string, target: Platform): string | null {
  const isItself = platform === target.name && target.name !== target.implements;
  return isItself ? (target.own ?? null) : target.version;
}

/** The addresses that the words of an endpoint stand for; null where the target has none. */
export type FamilyAddresses = Readonly<Record<AddressKind, string | null>>;

/** Whether refusals on a platform have Winsock's numbers, which are the same on every Windows. */
export function hasWinsockErrors({ implements: system }: Platform): boolean {
  return system === "windows";
}
