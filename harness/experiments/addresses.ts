import { withZone } from "../model/address.ts";
import type { NetworkInterfaceInfo } from "node:os";
import type { FamilyAddresses } from "../model/platform.ts";
import { ADDRESS_KINDS, type AddressKind, type Family } from "../model/vocabulary.ts";

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** What wildcard, specific and specific2 stand for on a machine with these interfaces. */
export function findAddresses(
  interfaces: Interfaces,
  platform: NodeJS.Platform,
): Record<Family, FamilyAddresses> {
  const all = Object.values(interfaces).flatMap((infos) => infos ?? []);
  const ipv4 = all.filter((info) => info.family === "IPv4").map((info) => info.address);
  const ipv6 = { ...NONE, wildcard: "::", ...findIpv6(all) };
  return {
    ipv4: {
      ...NONE,
      wildcard: "0.0.0.0",
      specific: "127.0.0.1",
      specific2: WHOLE_127_IS_LOCAL.has(platform)
        ? "127.0.0.2"
        : (ipv4.find((address) => address !== "127.0.0.1") ?? null),
    },
    ipv6,
    dual: { ...ipv6, "mapped-wildcard": "::ffff:0.0.0.0", "mapped-specific": "::ffff:127.0.0.1" },
  };
}

const NONE = Object.fromEntries(ADDRESS_KINDS.map((kind) => [kind, null])) as Record<
  AddressKind,
  null
>;

// Linux and Windows take every address of 127.0.0.0/8 as local (RFC 1122, 3.2.1.3); the BSDs only configured ones.
const WHOLE_127_IS_LOCAL: ReadonlySet<NodeJS.Platform> = new Set(["linux", "win32"]);

function findIpv6(
  all: readonly NetworkInterfaceInfo[],
): Pick<FamilyAddresses, "specific" | "specific2"> {
  const infos = all.filter((info) => info.family === "IPv6");
  const specific = infos.find((info) => info.address === "::1");
  const others = infos.filter((info) => info !== specific && info.address !== "::1");
  // Link-local addresses come last: they bind only with their zone.
  const other = others.find((info) => info.scopeid === 0) ?? others[0];
  return {
    specific: specific?.address ?? null,
    specific2: other ? withZone(other.address, other.scopeid ?? 0) : null,
  };
}
