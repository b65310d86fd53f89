/** Whether an address as it is written is that of a group: 224.0.0.0/4 (RFC 5771, 2), ff00::/8 (RFC 4291, 2.7). */
export function isMulticast(address: string): boolean {
  return /^2(?:2[4-9]|3\d)\.|^ff[\da-f]{2}:/i.test(address);
}

/**
 * Whether an address can only be bound, and is then refused or kept on this machine: one that is for documents (RFC
 * 5737, RFC 3849), link-local (RFC 4291, 2.5.6), or the limited broadcast address (RFC 919).
 */
export function isOnlyBound(address: string): boolean {
  return ONLY_BOUND.test(address);
}

const ONLY_BOUND =
  /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|fe[89ab][\da-f]:|255\.255\.255\.255$)/i;

/** Whether an address as it is written is an IPv6 one: only those have colons (RFC 4291, 2.2). */
export function isIpv6Text(address: string): boolean {
  return address.includes(":");
}

/** The broadcast address of the loopback network, which never leaves the machine (RFC 1122, 3.2.1.3). */
export const LOOPBACK_BROADCAST = "127.255.255.255";

/** An address with its zone (RFC 4007, 11), which alone makes a link-local one mean something: `fe80::1%2`. */
export function withZone(address: string, zone: number | string): string {
  return zone === 0 || zone === "" ? address : `${address.split("%")[0]}%${zone}`;
}
