import { SocketAddress } from "node:net";

/** Whether two texts are one address: Wine writes the mapped wildcard `::ffff:0:0`, others `::ffff:0.0.0.0`. */
export function isSameAddress(a: string, b: string): boolean {
  if (a === b || canonical(a) === canonical(b)) return true;
  // A zone may be written by its name, and is read by its number.
  const named = [a, b].find((text) => /%\D/.test(text));
  return named !== undefined && canonical(withoutZone(a)) === canonical(withoutZone(b));
}

function withoutZone(text: string): string {
  return text.split("%")[0] ?? "";
}

function canonical(text: string): string {
  const [address = "", zone] = text.split("%");
  if (!address.includes(":")) return text;
  const name = new SocketAddress({ address, family: "ipv6" }).address;
  return zone === undefined ? name : `${name}%${zone}`;
}
