import type { Protocol } from "../../model/vocabulary.ts";
import { unmapped } from "../mapped.ts";
import type { LocalAddresses } from "./local-addresses.ts";

/** Whether an address is a multicast group: RFC 5771, section 2, 224.0.0.0/4; RFC 4291, section 2.7, ff00::/8. */
export function isGroup(address: string): boolean {
  return /^2(?:2[4-9]|3\d)\.|^ff[\da-f]{2}:/i.test(unmapped(address));
}

/** Whether an address is none of this machine: a socket takes it with IP_FREEBIND or IP_TRANSPARENT alone. */
export function isForeign(address: string, { ipv4, ipv6 }: LocalAddresses): boolean {
  const plain = unmapped(address);
  return (
    !isWildcard(plain) &&
    !isLoopback(plain) &&
    !isGroup(plain) &&
    ![...ipv4, ...ipv6].includes(plain)
  );
}

export function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** RFC 1122, section 3.2.1.3: the whole of 127.0.0.0/8 is the machine itself. */
function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** The IPv4 groups to which the protocols of well-known UDP ports send: a wildcard socket there takes them too. */
export function groupsOfPort(protocol: Protocol, port: number): string[] {
  return protocol === "udp" ? (GROUPS[port] ?? []) : [];
}

const GROUPS: Readonly<Record<number, string[]>> = {
  // UPnP Device Architecture 2.0, section 1.2.2; WS-Discovery 1.1, section 2.4; RFC 6762; RFC 4795
  1900: ["239.255.255.250"],
  3702: ["239.255.255.250"],
  5353: ["224.0.0.251"],
  5355: ["224.0.0.252"],
};
