/** A socket that corners.py opens; its port is its place in the list. */
export interface Spec {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  /** R SO_REUSEADDR, P SO_REUSEPORT, F IP_FREEBIND, T IP_TRANSPARENT. */
  readonly options?: string;
  readonly only6?: boolean;
  readonly device?: string;
  readonly join?: readonly [group: string, device: string];
  readonly peer?: string;
  readonly members?: number;
  readonly steered?: boolean;
  /** Its address is none of the machine. */
  readonly foreign?: boolean;
  /** Seconds until it is opened. */
  readonly after?: number;
  readonly uid?: number;
  readonly port?: number;
}

const FOREIGN = { address: "203.0.113.7", foreign: true } as const;
const LINK_LOCAL = "fe80::d0"; // stands for the address that the interface gets
const NOBODY = 65_534;

/** The corners that a quick look goes to: one of each kind. */
export const CORNERS: readonly Spec[] = [
  { protocol: "tcp", address: "127.0.0.1", options: "R" },
  { protocol: "tcp", address: "0.0.0.0", options: "P" },
  { protocol: "udp", address: "::", options: "R" },
  { protocol: "udp", address: "224.0.0.251", options: "R", join: ["224.0.0.251", "d0"] },
  { protocol: "udp", ...FOREIGN, options: "FR" },
  { protocol: "udp", address: "127.0.0.1", peer: "127.0.0.1", options: "R" },
  { protocol: "udp", address: "0.0.0.0", device: "lo", options: "R" },
  { protocol: "udp", address: LINK_LOCAL, options: "R" },
  { protocol: "udp", address: "127.0.0.1", options: "R", after: 1.2 },
];

/** The others. */
export const MORE: readonly Spec[] = [
  { protocol: "tcp", address: "0.0.0.0" },
  { protocol: "tcp", address: "0.0.0.0", options: "R" },
  { protocol: "tcp", address: "0.0.0.0", options: "RP" },
  { protocol: "tcp", address: "127.0.0.1" },
  { protocol: "tcp", address: "127.0.0.1", options: "P" },
  { protocol: "tcp", address: "127.0.0.1", options: "P", members: 3 },
  { protocol: "tcp", address: "10.9.9.1", options: "R" },
  { protocol: "tcp", address: "10.9.9.1", options: "P" },
  { protocol: "tcp", address: "::" },
  { protocol: "tcp", address: "::", options: "R", only6: true },
  { protocol: "tcp", address: "::", options: "P" },
  { protocol: "tcp", address: "::1", options: "R" },
  { protocol: "tcp", address: "::1", options: "P" },
  { protocol: "tcp", address: "::ffff:127.0.0.1", options: "R" },
  { protocol: "tcp", address: "0.0.0.0", options: "P", device: "lo" },
  { protocol: "tcp", address: "0.0.0.0", options: "R", device: "lo" },
  { protocol: "tcp", ...FOREIGN, options: "FP" },
  { protocol: "tcp", ...FOREIGN, options: "FR" },
  { protocol: "tcp", ...FOREIGN, options: "T" },
  { protocol: "tcp", address: "127.0.0.1", options: "P", members: 2, steered: true },
  { protocol: "tcp", address: "127.0.0.1", options: "P", uid: NOBODY },
  { protocol: "tcp", address: "127.0.0.1", options: "R", after: 1.5 },
  { protocol: "udp", address: "0.0.0.0" },
  { protocol: "udp", address: "0.0.0.0", options: "R" },
  { protocol: "udp", address: "0.0.0.0", options: "P" },
  { protocol: "udp", address: "0.0.0.0", options: "RP" },
  { protocol: "udp", address: "127.0.0.1" },
  { protocol: "udp", address: "127.0.0.1", options: "R" },
  { protocol: "udp", address: "127.0.0.1", options: "P" },
  { protocol: "udp", address: "127.0.0.1", options: "P", members: 3 },
  { protocol: "udp", address: "10.9.9.1", options: "R" },
  { protocol: "udp", address: "::" },
  { protocol: "udp", address: "::", options: "R", only6: true },
  { protocol: "udp", address: "::", options: "P" },
  { protocol: "udp", address: "::1", options: "R" },
  { protocol: "udp", address: "::1", options: "P" },
  { protocol: "udp", address: "::ffff:127.0.0.1", options: "R" },
  { protocol: "udp", address: LINK_LOCAL },
  { protocol: "udp", address: LINK_LOCAL, options: "P" },
  { protocol: "udp", address: "127.0.0.1", peer: "127.0.0.1" },
  { protocol: "udp", address: "127.0.0.1", peer: "127.0.0.1", options: "P" },
  { protocol: "udp", address: "::1", peer: "::1", options: "R" },
  { protocol: "udp", address: "0.0.0.0", device: "lo" },
  { protocol: "udp", address: "0.0.0.0", device: "lo", options: "P" },
  { protocol: "udp", address: "0.0.0.0", device: "lo", options: "RP" },
  { protocol: "udp", ...FOREIGN, options: "F" },
  { protocol: "udp", ...FOREIGN, options: "FP" },
  { protocol: "udp", ...FOREIGN, options: "TR" },
  { protocol: "udp", address: "224.0.0.251", join: ["224.0.0.251", "d0"] },
  { protocol: "udp", address: "224.0.0.251", options: "P", join: ["224.0.0.251", "d0"] },
  { protocol: "udp", address: "239.1.2.3", options: "R", join: ["239.1.2.3", "d0"] },
  { protocol: "udp", address: "ff02::fb%d0", options: "R", join: ["ff02::fb", "d0"] },
  { protocol: "udp", address: "ff02::fb%d0", join: ["ff02::fb", "d0"] },
  { protocol: "udp", address: "0.0.0.0", options: "R", join: ["224.0.0.251", "d0"], port: 5353 },
  { protocol: "udp", address: "127.0.0.1", options: "P", members: 2, steered: true },
  { protocol: "udp", address: "0.0.0.0", options: "R", uid: NOBODY },
  { protocol: "udp", address: "127.0.0.1", options: "P", uid: NOBODY },
  { protocol: "udp", address: "127.0.0.1", uid: NOBODY },
];
