/**
 * What a binder and the harness say to each other: one JSON object a line over the binder's stdin and stdout.
 * docs/binder-protocol.md tells it for binders in other languages.
 */
export const BINDER_PROTOCOL_VERSION = 2;

/** The most characters of a line; an honest one is far below it. Past it the other side is babbling. */
export const MOST_OF_A_LINE: number = 16 * 1024 * 1024;

/** First line a binder writes, unasked: who it is. */
export interface Hello {
  readonly hello: number;
  readonly pid: number;
  readonly platform: {
    readonly name: string;
    readonly implements: string;
    readonly version: string;
  };
  readonly os: {
    readonly name: string;
    readonly version: string;
    readonly build: string;
    readonly kernel: string;
  };
  /** Versions of what the binder is made of, for example `node` and `koffi`. */
  readonly runtime: Readonly<Record<string, string>>;
  /** Socket options that this system has. */
  readonly options: readonly string[];
  /** Options of Node's own API that this Node has. */
  readonly nodeOptions: readonly string[];
  /** Every address of the system's interfaces. */
  readonly addresses: readonly OwnAddress[];
  /** Ranges of ports to keep out of; null: ask for them by the step `ports-to-avoid`, once. */
  readonly portsToAvoid: readonly PortRange[] | null;
  /** The other account that a binder can be started as there, or why there is none and what fixes it. */
  readonly otherAccount: { readonly name: string } | { readonly problem: string };
  /** Socket options that the system has but does not tell the value of. */
  readonly unreadable: readonly string[];
  /** Whether this binder starts others and passes their lines on: docs/binder-protocol.md, "The relay". */
  readonly relay: boolean;
}

/** An address of an interface. */
export interface OwnAddress {
  readonly interface: string;
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  /** Number of the zone of a link-local IPv6 address, else 0. */
  readonly zone: number;
}

/** Ports from `from` to `to`, both included. */
export type PortRange = readonly [from: number, to: number];

/** The family and protocol of a socket. */
export interface Kind {
  readonly family: "ipv4" | "ipv6";
  readonly protocol: "tcp" | "udp";
}

/** An address of a family, and a port. */
export interface Name {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly port: number;
}

/** A socket by the name that the harness gave it: a number from 1. */
interface Named {
  readonly socket: number;
}

/**
 * A multicast group, and the interface on which it is joined or sent to: an IPv4 group by an IPv4 address of the
 * interface, an IPv6 group by the zone behind it, as `ff02::fb%2`; the loopback one where it is left out.
 */
interface GroupOnInterface {
  readonly family: "ipv4" | "ipv6";
  readonly group: string;
  readonly interface?: string;
}

/** Opens a socket call by call: options before bind, each read back, then its name. */
export interface OpenStep extends Named, Kind, Name {
  readonly do: "open";
  /** For an IPv6 socket; left as the system makes it where it is left out. */
  readonly v6Only?: 0 | 1;
  /** In the order in which they are set: names of the hello's options, which are turned on, and any others as bytes. */
  readonly options: readonly (string | OptionBytes)[];
  readonly state: "bound" | "listening";
}

/** Any option by its number, and the bytes to set it to in hexadecimal digits; the result calls it `option`. */
export interface OptionBytes {
  readonly option: string;
  readonly level: number;
  readonly number: number;
  readonly hex: string;
}

/** Opens a server by Node's own API. */
export interface OpenNodeStep extends Named {
  readonly do: "open-node";
  readonly protocol: "tcp" | "udp";
  readonly family: "ipv4" | "ipv6" | "dual";
  readonly address: string;
  readonly port: number;
  readonly options: readonly string[];
}

/** One socket call, or a few that belong together. */
export type Step =
  | ({ readonly do: "socket"; readonly options?: OpenStep["options"] } & Named & Kind)
  | ({ readonly do: "set-option"; readonly option: string; readonly value: number } & Named)
  /** Any option by its number; `bytes` is what the system wrote into room for `size` bytes, `length` what it says of that. */
  | ({
      readonly do: "get-option";
      readonly level: number;
      readonly number: number;
      readonly size: number;
    } & Named)
  /** Any option by its number, to bytes written in hexadecimal digits. */
  | ({
      readonly do: "set-bytes";
      readonly level: number;
      readonly number: number;
      readonly hex: string;
    } & Named)
  | ({ readonly do: "bind" } & Named & Name)
  | ({ readonly do: "listen" } & Named)
  | ({ readonly do: "local-address" } & Named)
  | ({ readonly do: "close" } & Named)
  /** Is the port free? Binds a socket of its own with no option and closes it at once. */
  | ({ readonly do: "probe"; readonly v6Only?: 0 | 1 } & Kind & Name)
  | OpenStep
  | OpenNodeStep
  /** SO_LINGER with a time in seconds; 0 makes close abortive. */
  | ({ readonly do: "set-linger"; readonly seconds: number } & Named)
  /** Receives what is sent to a multicast group. */
  | ({ readonly do: "join-group" } & GroupOnInterface & Named)
  /**
   * Sets an option that takes a group, and where one is given the source whose datagrams it lets through or keeps away:
   * struct ip_mreq or ip_mreq_source of an IPv4 group, ipv6_mreq or group_source_req (RFC 3678) of an IPv6 one.
   */
  | ({
      readonly do: "set-group";
      readonly level: number;
      readonly number: number;
      readonly source?: string;
    } & GroupOnInterface &
      Named)
  | ({ readonly do: "connect"; readonly interface?: string } & Named & Name)
  /** Connects without waiting for the other side, which may never answer. */
  | ({ readonly do: "begin-connect" } & Named & Name)
  /** Takes the peer of a datagram socket away. */
  | ({ readonly do: "disconnect"; readonly family: "ipv4" | "ipv6" } & Named)
  /** Takes one connection and calls it `as`. */
  | ({ readonly do: "accept"; readonly as: number; readonly waitMs: number } & Named)
  | ({ readonly do: "send"; readonly bytes: number } & Named)
  /** Sends until the system takes no more; `value` is how many bytes it took. */
  | ({ readonly do: "fill" } & Named)
  /** `value` is how many bytes came, 0 at the orderly end. */
  | ({ readonly do: "receive"; readonly waitMs: number } & Named)
  | ({ readonly do: "shutdown-send" } & Named)
  | ({ readonly do: "shutdown-receive" } & Named)
  /**
   * One datagram or connection from each of `count` new sockets, which stay open under the names from `socket` on.
   * To a multicast group it goes to this machine alone, as for `connect`.
   */
  | ({
      readonly do: "send-many";
      readonly count: number;
      readonly interface?: string;
      /** Of each socket, as of `open`. */
      readonly options?: OpenStep["options"];
    } & Named &
      Kind &
      Name)
  /** Takes every datagram or connection that waits; `value` is how many there were. */
  | ({ readonly do: "take-all"; readonly protocol: "tcp" | "udp" } & Named)
  /** The ranges that a hello leaves open. */
  | { readonly do: "ports-to-avoid" };

/** Steps in order, up to and with the first that fails. Programs of one request do not depend on each other. */
export type Program = readonly Step[];

/** Many independent programs travel in one message: a message costs far more than a socket call. */
export interface Request {
  readonly id: number;
  readonly programs: readonly Program[];
}

/** `{}` done; `value` of steps that count; `address` and `port` of a name; `errno` and `code` when the call failed. */
export interface StepResult {
  /**
   * Of an opened socket: every option of the hello that can be read back, with its value, and those that were set as
   * bytes and can be: a number as it is, of anything else 1 where the bytes are the ones that were set.
   */
  readonly options?: Readonly<Record<string, number>>;
  readonly value?: number;
  readonly address?: string;
  readonly port?: number;
  readonly ranges?: readonly PortRange[];
  /** Of `get-option`: what was written, in hexadecimal digits. */
  readonly bytes?: string;
  /** Of `get-option` and `local-address`: the length that the system gave. */
  readonly length?: number;
  /** The number as the system gave it, read at once; 0 when the call failed without giving one. */
  readonly errno?: number;
  /** The symbolic name of `errno`. */
  readonly code?: string;
  /** The call that failed, where one step makes several. */
  readonly call?: string;
  /** Nothing came within the step's `waitMs`: ask again. */
  readonly pending?: true;
  /** The binder itself could not carry the step out; nothing was learned about the system. */
  readonly problem?: string;
}

/** Answer to the request of the same id: for each program the results of the steps that were carried out. */
export interface Reply {
  readonly id: number;
  readonly results: readonly (readonly StepResult[])[];
}
