import type { Protocol } from "../model/vocabulary.ts";

/** A local address, protocol and port that a process holds: a TCP socket that listens, or a UDP socket. */
export interface Listener {
  readonly protocol: Protocol;
  /** Of the socket: an `ipv6` one may take IPv4 traffic too. */
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly port: number;
  /** For a connected UDP socket, which takes datagrams from there alone. */
  readonly peer?: Peer;
  /** The interface that it is bound to (SO_BINDTODEVICE), where the system tells it. */
  readonly device?: string;
  /** Whether an IPv6 socket takes no IPv4 traffic, where the system tells it. */
  readonly v6Only?: boolean;
  /** Whose socket it is; null where the system does not tell. */
  readonly account: Account | null;
  /** The processes that have it open; none where the system hides them. */
  readonly owners: readonly Owner[];
  /** Where it was found by probing: what it may be, for that cannot tell all apart. */
  readonly probed?: string;
}

/** The other end of a connected socket. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** A user: uid or SID, and how people call it. */
export interface Account {
  readonly id: string;
  readonly name: string;
}

/** A process. */
export interface Owner {
  readonly pid: number;
  /** Path of its program; null where it is hidden. */
  readonly executable: string | null;
  /** Its words as it was started; null where the system does not tell. */
  readonly commandLine: string | null;
}

/** `tcp 0.0.0.0:80`, `udp [::1]:53`, `udp 0.0.0.0:67 on eth0`, `udp 127.0.0.1:5000 from 127.0.0.1:6000`. */
export function listenerName({
  protocol,
  address,
  port,
  peer,
  device,
}: Pick<Listener, "protocol" | "address" | "port" | "peer" | "device">): string {
  const on = device === undefined ? "" : ` on ${device}`;
  const from = peer === undefined ? "" : ` from ${placeText(peer)}`;
  return `${protocol} ${placeText({ address, port })}${on}${from}`;
}

function placeText({ address, port }: Peer): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}
