/** Whether an address as it is written is that of an IPv4 group: 224.0.0.0/4 (RFC 5771, 2). */
export function isMulticast(address: string): boolean {
  return /^2(?:2[4-9]|3\d)\./.test(address);
}

/** An address with its zone (RFC 4007, 11), which alone makes a link-local one mean something: `fe80::1%2`. */
export function withZone(address: string, zone: number | string): string {
  return zone === 0 || zone === "" ? address : `${address.split("%")[0]}%${zone}`;
}
