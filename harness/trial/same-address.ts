import { SocketAddress } from "node:net";

/** Whether two texts are one address: Wine writes the mapped wildcard `::ffff:0:0`, others `::ffff:0.0.0.0`. */
export function isSameAddress(a: string, b: string): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(text: string): string {
  const [address = "", zone] = text.split("%");
  if (!address.includes(":")) return text;
  const name = new SocketAddress({ address, family: "ipv6" }).address;
  return zone === undefined ? name : `${name}%${zone}`;
}
