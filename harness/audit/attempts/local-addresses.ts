import type { NetworkInterfaceInfo } from "node:os";
import { platformName } from "../../binder/host.ts";
import { listAddresses } from "../../binder/own-addresses.ts";
import { withZone } from "../../model/address.ts";
import { findAddresses } from "../../experiments/addresses.ts";

/** Addresses of this machine. */
export interface LocalAddresses {
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** Every address of these interfaces, and a second loopback address where the system has one. */
export function localAddresses(
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
  platform: NodeJS.Platform,
): LocalAddresses {
  const all = Object.values(interfaces).flatMap((infos) => infos ?? []);
  const known = findAddresses(listAddresses(interfaces), platformName(platform));
  const { specific, specific2 } = known.ipv4;
  const ipv4 = all.filter(({ family }) => family === "IPv4").map(({ address }) => address);
  const ipv6 = all.flatMap((info) =>
    info.family === "IPv6" ? [withZone(info.address, info.scopeid)] : [],
  );
  const given = [specific, specific2].filter((address) => address !== null);
  return { ipv4: [...new Set([...given, ...ipv4])], ipv6: [...new Set(ipv6)] };
}
