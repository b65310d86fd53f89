// The words of ids, case files and result lines, each list once: types, schemas and orders are made from these.

/** Systems that a target can be. Wine and gVisor offer another system's calls and are named as what they are. */
export const PLATFORMS = [
  "windows",
  "linux",
  "macos",
  "freebsd",
  "openbsd",
  "wine",
  "gvisor",
] as const;
export type PlatformName = (typeof PLATFORMS)[number];

/** Whose socket calls a platform offers where they are not its own. */
export const OFFERS_CALLS_OF: Readonly<Partial<Record<PlatformName, PlatformName>>> = {
  wine: "windows",
  gvisor: "linux",
};

/** What a platform implements, as `Platform` has it: itself, where its socket calls are its own. */
export function implementsOf<Name extends string>(platform: Name): Name | PlatformName {
  const others: Partial<Readonly<Record<string, PlatformName>>> = OFFERS_CALLS_OF;
  return others[platform] ?? platform;
}

/** The platforms whose socket calls are their own: the others imitate one of them. */
export const OWN_SYSTEMS: readonly PlatformName[] = PLATFORMS.filter(
  (platform) => implementsOf(platform) === platform,
);

/** What a case file calls `bsd`: the systems that come from 4.4BSD. */
export const BSDS = ["macos", "freebsd", "openbsd"] as const satisfies readonly PlatformName[];

/** Transport of both sockets: SOCK_STREAM/IPPROTO_TCP or SOCK_DGRAM/IPPROTO_UDP. */
export const PROTOCOLS = ["tcp", "udp"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Address families; `ipv6` is AF_INET6 with IPV6_V6ONLY on, `dual` is AF_INET6 with IPV6_V6ONLY off. */
export const ADDRESS_FAMILIES = ["ipv4", "ipv6", "dual"] as const;
export type AddressFamily = (typeof ADDRESS_FAMILIES)[number];

/** Those, and `ipv6-as-made`: AF_INET6 with IPV6_V6ONLY as the system makes it, so one or the other on each system. */
export const FAMILIES = [...ADDRESS_FAMILIES, "ipv6-as-made"] as const;
export type Family = (typeof FAMILIES)[number];

/** The family whose addresses a socket of a family may bind. */
export function addressFamily(family: Family): AddressFamily {
  return family === "ipv6-as-made" ? "dual" : family;
}

/**
 * What an endpoint binds to, in the order in which tables show it. `specific2` is a second address of the target, other
 * than `specific`. The mapped ones are the IPv4 addresses in the form ::ffff:a.b.c.d (RFC 4291, 2.5.5.2), for AF_INET6
 * sockets with IPV6_V6ONLY off. Which addresses these words mean is found on each target; its `target` line says it.
 */
export const ADDRESS_KINDS = [
  "wildcard",
  "specific",
  "specific2",
  "mapped-wildcard",
  "mapped-specific",
] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

/** Whether an address is one of these words, and not an address as it is written. */
export function isAddressKind(address: string): address is AddressKind {
  return (ADDRESS_KINDS as readonly string[]).includes(address);
}

/** Options of Node's own API: net.Server.listen and dgram.createSocket. */
export const NODE_OPTIONS = ["exclusive", "reuseAddr", "reusePort"] as const;

/** The options that say who may share a port: a binder turns them on by their names and always reads them back. */
export const SHARING_OPTIONS = ["SO_EXCLUSIVEADDRUSE", "SO_REUSEADDR", "SO_REUSEPORT"] as const;

/**
 * What an endpoint sets: a sharing option, with `api: node` one of Node's API, or any other socket option, which is turned
 * on (`IP_FREEBIND`) or has its value behind it (`SO_BINDTODEVICE=lo`).
 */
export type OptionText =
  | (typeof SHARING_OPTIONS)[number]
  | (typeof NODE_OPTIONS)[number]
  | (string & {});

/** The account whose process binds. */
export const ACCOUNTS = ["same", "other"] as const;
export type Account = (typeof ACCOUNTS)[number];

/** `socket`: the system's own calls by FFI. `node`: node:net and node:dgram. */
export const APIS = ["socket", "node"] as const;
export type Api = (typeof APIS)[number];

/**
 * How far the endpoint goes: after bind, after listen (TCP only), or after connect to a socket of its own process, which
 * is bound to the same address, or to `specific` where that is the wildcard, and listens where the protocol is TCP.
 */
export const STATES = ["bound", "listening", "connected"] as const;
export type EndpointState = (typeof STATES)[number];

/** Who carries a step of a scenario out: each is a process of its own, `other` under another account. */
export const PARTIES = ["first", "second", "peer", "other"] as const;
export type Party = (typeof PARTIES)[number];

/** What a document is: a text that says so, something that was run, or certain, which shows that a target can be measured. */
export const DOCUMENT_KINDS = ["documented", "measured", "derived", "control"] as const;

/** The call at which an endpoint or a step stopped. */
export const CALLS = [
  "socket",
  "set-option",
  "get-option",
  "bind",
  "listen",
  "local-address",
  "connect",
  "accept",
  "send",
  "receive",
  "shutdown",
  "close",
] as const;
export type CallName = (typeof CALLS)[number];
