import { addressMend } from "../experiments/requirements.ts";
import { PROGRAM_ADDRESSES } from "./program-addresses.ts";
import type { Reproduction } from "./reproduction.ts";
import type { Family } from "../model/vocabulary.ts";
import { isMulticast } from "../model/address.ts";

/** The addresses of a program that a machine may lack, each with the command that adds it. */
export function addressNeeds({ steps }: Reproduction, platforms: readonly string[]): string[] {
  const used = new Set(
    steps.flatMap(({ calls }) =>
      calls.flatMap((call) => ("address" in call ? [call.address] : [])),
    ),
  );
  const known = Object.values(PROGRAM_ADDRESSES).flatMap((words) => Object.values(words));
  const written = [...used].filter((address) => !known.includes(address) && !isMulticast(address));
  return [
    ...(used.has(PROGRAM_ADDRESSES.ipv4.specific2)
      ? adding(PROGRAM_ADDRESSES.ipv4.specific2, "ipv4", platforms)
      : []),
    ...(used.has(PROGRAM_ADDRESSES.ipv6.specific2)
      ? adding(PROGRAM_ADDRESSES.ipv6.specific2, "ipv6", platforms)
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
