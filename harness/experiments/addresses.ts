import type { OwnAddress } from "../binder/protocol.ts";
import { withZone } from "../model/address.ts";
import type { FamilyAddresses } from "../model/platform.ts";
import { ADDRESS_KINDS, type AddressKind, type AddressFamily } from "../model/vocabulary.ts";

/** What wildcard, specific and specific2 stand for on a system with these addresses; `platform` is what it implements. */
export function findAddresses(
  all: readonly OwnAddress[],
  platform: string,
): Record<AddressFamily, FamilyAddresses> {
  const ipv4 = all.filter((info) => info.family === "ipv4").map((info) => info.address);
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
const WHOLE_127_IS_LOCAL: ReadonlySet<string> = new Set(["linux", "windows"]);

function findIpv6(all: readonly OwnAddress[]): Pick<FamilyAddresses, "specific" | "specific2"> {
  const infos = all.filter((info) => info.family === "ipv6");
  const specific = infos.find((info) => info.address === "::1");
  const others = infos.filter((info) => info !== specific && info.address !== "::1");
  // Link-local addresses come last: they bind only with their zone.
  const other = others.find((info) => info.zone === 0) ?? others[0];
  return {
    specific: specific?.address ?? null,
    specific2: other ? withZone(other.address, other.zone) : null,
  };
}
