/** Whether an address means something on one interface alone: RFC 4291, fe80::/10 and groups of scope 1 and 2. */
export function isLocalLink(address: string): boolean {
  return /^fe[89ab][\da-f]:|^ff[\da-f][12]:/i.test(address);
}
