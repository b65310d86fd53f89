import type { Family } from "../model/vocabulary.ts";

/** The traffic that a bound name stands for: of each version of IP all, that to one address, or none. */
export interface Coverage {
  readonly ipv4: string | null;
  readonly ipv6: string | null;
}

/** What one name stands for beside another. `unclear`: it cannot be told whether the other takes IPv4 too. */
export type Relation = "apart" | "same" | "narrower" | "wider" | "unclear";

/** Every address of a version of IP. */
export const ALL = "all";

/** For a socket: `dual` is an IPv6 one that takes IPv4 too. A mapped address stands for the IPv4 one inside it. */
export function coverageOf(family: Family, address: string): Coverage {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return coverageOf("ipv4", mapped);
  if (family === "ipv4") return { ipv4: address === "0.0.0.0" ? ALL : address, ipv6: null };
  if (address !== "::") return { ipv4: null, ipv6: address };
  return { ipv4: family === "dual" ? ALL : null, ipv6: ALL };
}

/** How the second name lies to the first. */
export function relate(first: Coverage, second: Coverage): Exclude<Relation, "unclear"> {
  const versions = (["ipv4", "ipv6"] as const).map((version) => {
    const [a, b] = [first[version], second[version]];
    return {
      isShared: a !== null && b !== null && (a === b || a === ALL || b === ALL),
      isWithin: b === null || b === a || a === ALL,
      isAround: a === null || a === b || b === ALL,
    };
  });
  if (!versions.some(({ isShared }) => isShared)) return "apart";
  const isWithin = versions.every((version) => version.isWithin);
  const isAround = versions.every((version) => version.isAround);
  if (isWithin) return isAround ? "same" : "narrower";
  return "wider";
}
