import { sendOnInterface } from "./groups.ts";
import type { Name, OptionBytes } from "./protocol.ts";
import { handleOf, type Workbench } from "./workbench.ts";

/** Before a socket is connected to a name, whose bytes are `encoded`: throws where what it sends could leave the machine. */
export function keepWithin(
  bench: Workbench,
  { socket, ...peer }: Name & { readonly socket: number; readonly interface?: string },
  encoded: Buffer,
): void {
  const isGroup = isGroupOf(peer.family, encoded);
  if (isGroup) {
    sendOnInterface(bench.sockets, handleOf(bench, socket), { ...peer, group: peer.address });
    bench.toGroups.add(socket);
  }
  if (!bench.datagramSockets.has(socket)) checkWithin(bench, socket);
}

/** Before a socket sends: throws where an option leads what it sends elsewhere than its peer's address does. */
export function checkWithin({ steered }: Workbench, socket: number): void {
  const by = steered.get(socket);
  if (by !== undefined) throw new Error(`nothing is sent: with ${by} it could leave this machine`);
}

/** Remembers an option that was set where it says which way a socket's datagrams and connections go. */
export function noteOption(
  bench: Workbench,
  socket: number,
  { level, number, hex }: Pick<OptionBytes, "level" | "number" | "hex">,
): void {
  const { steering, groupSteering } = bench.sockets.constants;
  // Before a socket is connected to a group these are set again.
  const all = bench.toGroups.has(socket) ? { ...steering, ...groupSteering } : steering;
  const found = Object.entries(all).find(([, at]) => at[0] === level && at[1] === number);
  if (!found) return;
  const [name] = found;
  if (name !== "SO_BINDTODEVICE" || !isLoopback(bench, hex)) bench.steered.set(socket, name);
}

function isLoopback({ sockets: { address } }: Workbench, hex: string): boolean {
  const [device = ""] = Buffer.from(hex, "hex").toString("latin1").split("\0");
  return address.interfaceIndex(device) === address.loopbackIndex();
}

/**
 * RFC 5771, section 2: 224.0.0.0/4; RFC 4291, section 2.7: ff00::/8. Throws where an IPv4 group is written as an IPv6
 * address: options of IPv6 do not keep it here.
 */
function isGroupOf(family: Name["family"], encoded: Buffer): boolean {
  if (family === "ipv4") return isIpv4Group(encoded.readUInt8(4));
  const bytes = encoded.subarray(8, 24);
  if (bytes.subarray(0, 12).equals(MAPPED) && isIpv4Group(bytes.readUInt8(12)))
    throw new Error("nothing is sent to an IPv4 group in the form of an IPv6 address");
  return bytes.readUInt8(0) === 0xff;
}

function isIpv4Group(first: number): boolean {
  return first >= 224 && first < 240;
}

// RFC 4291, section 2.5.5.2: ::ffff:0:0/96.
const MAPPED = Buffer.from("00000000000000000000ffff", "hex");
