import type { AddressKind, Family } from "../model/vocabulary.ts";

/** The address that a word means in programs. It is the same on every machine. */
export function programAddress(family: Family, kind: AddressKind): string {
  return PROGRAM_ADDRESSES[family === "ipv4" ? "ipv4" : "ipv6"][kind];
}

/** The same for `ipv6` and `dual`. */
export const PROGRAM_ADDRESSES: Readonly<
  Record<"ipv4" | "ipv6", Readonly<Record<AddressKind, string>>>
> = {
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
