import type { NetworkInterfaceInfo } from "node:os";
import type { Attempt, Way } from "./attempt.ts";
import { isGroup } from "./kinds-of-address.ts";
import { deviceOf, smallestWays } from "./smallest-ways.ts";

/**
 * Beside each way that shares by SO_REUSEPORT, the same bound to the loopback interface: on Linux such a socket comes
 * before those of the group that are bound to no interface.
 */
export function steerWays(
  attempts: readonly Attempt[],
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): Way[] {
  const loopback = Object.entries(interfaces).find(([, infos]) => infos?.[0]?.internal)?.[0];
  if (loopback === undefined) return [];
  return smallestWays(attempts)
    .filter(
      (way) =>
        way.options.includes("SO_REUSEPORT") &&
        deviceOf(way) === undefined &&
        !isGroup(way.address),
    )
    .map(({ account, options, family, address, peer }) => ({
      account,
      options: [...options, `SO_BINDTODEVICE=${loopback}`],
      family,
      address,
      ...(peer && { peer }),
    }));
}
