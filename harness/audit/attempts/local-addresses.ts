import type { NetworkInterfaceInfo } from "node:os";
import { findAddresses } from "../../experiments/addresses.ts";
import { withZone } from "../../model/address.ts";
import type { LocalAddresses } from "./plan-ways.ts";

/** Every address of these interfaces, and a second loopback address where the system has one. */
export function localAddresses(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
  platform: NodeJS.Platform,
): LocalAddresses {
  const all = Object.values(interfaces).flatMap((infos) => infos ?? []);
  const known = findAddresses(interfaces, platform);
  const { specific, specific2 } = known.ipv4;
  const ipv4 = all.filter(({ family }) => family === "IPv4").map(({ address }) => address);
  const ipv6 = all.flatMap((info) =>
    info.family === "IPv6" ? [withZone(info.address, info.scopeid ?? 0)] : [],
  );
  const given = [specific, specific2].filter((address) => address !== null);
  return { ipv4: [...new Set([...given, ...ipv4])], ipv6: [...new Set(ipv6)] };
}
