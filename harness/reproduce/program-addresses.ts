import type { AddressKind, Family } from "../model/experiment.ts";
import { addressMend } from "../experiments/requirements.ts";
import type { Reproduction } from "./reproduction.ts";

/** The address that a word stands for in programs: the same on every machine, so that all run the same. */
export function programAddress(family: Family, kind: AddressKind): string {
  return ADDRESSES[family === "ipv4" ? "ipv4" : "ipv6"][kind];
}

const ADDRESSES: Readonly<Record<"ipv4" | "ipv6", Readonly<Record<AddressKind, string>>>> = {
  ipv4: {
    wildcard: "0.0.0.0",
    specific: "127.0.0.1",
    specific2: "127.0.0.2",
    "mapped-wildcard": "::ffff:0.0.0.0",
    "mapped-specific": "::ffff:127.0.0.1",
  },
  ipv6: {
    wildcard: "::",
    specific: "::1",
    specific2: "fd00:b1d::2",
    "mapped-wildcard": "::ffff:0.0.0.0",
    "mapped-specific": "::ffff:127.0.0.1",
  },
};

/** What a machine may lack of the addresses that a program uses, with the command that adds it. */
export function addressNeeds({ acts }: Reproduction, platforms: readonly string[]): string[] {
  const used = new Set(
    acts.flatMap(({ calls }) => calls.flatMap((call) => ("address" in call ? [call.address] : []))),
  );
  const known = Object.values(ADDRESSES).flatMap((words) => Object.values(words));
  const written = [...used].filter((address) => !known.includes(address) && !isMulticast(address));
  return [
    ...(used.has(ADDRESSES.ipv4.specific2)
      ? adding(ADDRESSES.ipv4.specific2, "ipv4", platforms)
      : []),
    ...(used.has(ADDRESSES.ipv6.specific2)
      ? adding(ADDRESSES.ipv6.specific2, "ipv6", platforms)
      : []),
    ...written.map((address) => `needs the address ${address} on this machine`),
  ];
}

// Linux and Windows have the whole of 127.0.0.0/8.
const HAVE_127: readonly string[] = ["linux", "windows"];

function adding(address: string, family: Family, platforms: readonly string[]): string[] {
  return platforms
    .filter((platform) => family === "ipv6" || !HAVE_127.includes(platform))
    .map((platform) => `needs ${address}; on ${platform} ${addressMend(family, platform)}`);
}

// RFC 5771, section 2: 224.0.0.0/4.
function isMulticast(address: string): boolean {
  return /^2(?:2[4-9]|3\d)\./.test(address);
}
