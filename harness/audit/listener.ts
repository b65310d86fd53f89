import type { Protocol } from "../model/vocabulary.ts";

/** A local address, protocol and port that somebody holds: a TCP socket that listens, or a UDP socket with no peer. */
export interface Listener {
  readonly protocol: Protocol;
  /** Of the socket: an `ipv6` one may take IPv4 traffic too. */
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly port: number;
  /** Whose socket it is; null where the system does not tell. */
  readonly account: Account | null;
  /** The processes that have it open; none where the system hides them. */
  readonly owners: readonly Owner[];
  /** Where it was found by probing: what it may be, for that cannot tell all apart. */
  readonly probed?: string;
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

/** `tcp 0.0.0.0:80`, `udp [::1]:53`. */
export function listenerName({
  protocol,
  address,
  port,
}: Pick<Listener, "protocol" | "address" | "port">): string {
  return `${protocol} ${address.includes(":") ? `[${address}]` : address}:${port}`;
}
