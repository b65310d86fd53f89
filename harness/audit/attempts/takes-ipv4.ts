import { isIPv4 } from "node:net";
import type { Platform } from "../../model/platform.ts";
import { ALL, coverageOf } from "../coverage.ts";
import type { Listener } from "../listener.ts";
import type { Attempt } from "./attempt.ts";
import type { Target } from "./find-targets.ts";

/**
 * Whether an IPv6 wildcard listener takes IPv4 traffic too; null where that cannot be told. `holders` are all that hold
 * its port, of any account; `targets` are the addresses that answered, null without a census.
 */
export function takesIpv4(
  { family, address, v6Only }: Pick<Listener, "family" | "address" | "v6Only">,
  holders: readonly Pick<Listener, "family" | "address">[],
  attempts: readonly Attempt[],
  targets: readonly Target[] | null,
  platform: Platform,
): boolean | null {
  if (family === "ipv4") return true;
  if (address !== "::") return address.toLowerCase().startsWith("::ffff:");
  const ipv4 = holders.flatMap((holder) => coverageOf(holder.family, holder.address).ipv4 ?? []);
  // An IPv4 wildcard beside it has that traffic, be it a socket of its own or, as netstat shows on Windows, the same one.
  if (ipv4.includes(ALL)) return false;
  if (v6Only !== undefined) return !v6Only;
  if (targets !== null)
    return targets.some((target) => isIPv4(target.address) && !ipv4.includes(target.address));
  // Any IPv4 socket refuses a plain IPv4 wildcard, so that one proves nothing.
  if (platform.implements === "windows" || ipv4.length > 0) return null;
  // On POSIX systems a plain IPv4 wildcard never binds beside a socket that takes IPv4: POSIX.1-2017, bind; ipv6(7).
  const plain = attempts
    .filter(
      (attempt) =>
        attempt.options.length === 0 && attempt.family === "ipv4" && attempt.address === "0.0.0.0",
    )
    .map(({ outcome }) => outcome);
  if (plain.some(({ kind }) => kind === "success")) return false;
  return plain.some((each) => each.kind === "error" && each.code === "EADDRINUSE") ? true : null;
}
