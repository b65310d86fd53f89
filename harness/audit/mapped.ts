/** Whether an IPv6 address stands for the IPv4 address inside it: RFC 4291, section 2.5.5.2. */
export function isMapped(address: string): boolean {
  return address.toLowerCase().startsWith("::ffff:");
}

/** The IPv4 address inside a mapped one; any other as it is. */
export function unmapped(address: string): string {
  return isMapped(address) && address.includes(".") ? address.slice("::ffff:".length) : address;
}
