import type { Scenario } from "./scenario.ts";

/** Transport of both sockets: SOCK_STREAM/IPPROTO_TCP or SOCK_DGRAM/IPPROTO_UDP. */
export type Protocol = "tcp" | "udp";

/** Address family; `dual` is AF_INET6 with IPV6_V6ONLY off, `ipv6` is AF_INET6 with IPV6_V6ONLY on. */
export type Family = "ipv4" | "ipv6" | "dual";

/**
 * What an endpoint binds to. `specific2` is a second address of this machine, other than `specific`. The mapped ones
 * are the IPv4 addresses in the form ::ffff:a.b.c.d (RFC 4291, 2.5.5.2), for AF_INET6 sockets with IPV6_V6ONLY off.
 * Which addresses these words stand for is found on each target and told in its `target` line.
 */
export type AddressKind =
  | "wildcard"
  | "specific"
  | "specific2"
  | "mapped-wildcard"
  | "mapped-specific";

/** Options that decide who may share a port: the system's own, and those of Node's API. */
export type OptionName =
  | "SO_EXCLUSIVEADDRUSE"
  | "SO_REUSEADDR"
  | "SO_REUSEPORT"
  | "exclusive"
  | "reuseAddr"
  | "reusePort";

/** The account whose process binds. */
type Account = "same" | "other";

/** `socket`: the system's own calls by FFI. `node`: node:net and node:dgram. */
type Api = "socket" | "node";

/**
 * How far the endpoint goes: after bind, after listen (TCP only), or after connect to a socket of its own process, which
 * is bound to the same address, or to `specific` where that is the wildcard, and listens where the protocol is TCP.
 */
export type EndpointState = "bound" | "listening" | "connected";

/** One side of an experiment. There is no place here for an expected outcome. */
export interface Endpoint {
  readonly family: Family;
  /** In the order in which they are set; empty for none. */
  readonly options: readonly OptionName[];
  readonly address: AddressKind;
  readonly account: Account;
  readonly api: Api;
  readonly state: EndpointState;
  /** Only in controls: `other` binds a port of its own instead of the experiment's. */
  readonly port?: "other";
}

/** Whatever runs as one: two endpoints that want one port, or a scenario. */
export type Experiment = EndpointPair | Scenario;

/** Two endpoints that want the same port, one after the other. */
export interface EndpointPair {
  /** Stable across runs, machines and versions; made from the content by `experimentId`. */
  readonly id: string;
  readonly protocol: Protocol;
  /** The first endpoint's family; most often the second's too. */
  readonly family: Family;
  readonly first: Endpoint;
  readonly second: Endpoint;
}
