/**
 * What a binder and the harness say to each other: one JSON object a line over the binder's stdin and stdout.
 * docs/binder-protocol.md tells it for binders in other languages.
 */
export const BINDER_PROTOCOL_VERSION = 1;

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
}

/** One socket call. `socket` is the caller's own name for a socket. */
export type Step =
  | {
      readonly do: "socket";
      readonly socket: number;
      readonly family: "ipv4" | "ipv6";
      readonly protocol: "tcp" | "udp";
    }
  | {
      readonly do: "set-option";
      readonly socket: number;
      readonly option: string;
      readonly value: number;
    }
  | { readonly do: "get-option"; readonly socket: number; readonly option: string }
  | {
      readonly do: "bind";
      readonly socket: number;
      readonly family: "ipv4" | "ipv6";
      readonly address: string;
      readonly port: number;
    }
  | { readonly do: "listen"; readonly socket: number }
  | { readonly do: "local-address"; readonly socket: number }
  | { readonly do: "close"; readonly socket: number }
  /** Is the port free? Binds a socket of its own with no option and closes it at once. */
  | {
      readonly do: "probe";
      readonly family: "ipv4" | "ipv6";
      readonly v6Only: number;
      readonly protocol: "tcp" | "udp";
      readonly address: string;
      readonly port: number;
    };

/** Steps in order, up to and with the first that fails. Programs of one request do not depend on each other. */
export type Program = readonly Step[];

/** Many independent programs travel in one message: a message costs far more than a socket call. */
export interface Request {
  readonly id: number;
  readonly programs: readonly Program[];
}

/** `{}` done; `value` of get-option; `address` and `port` of local-address; `errno` and `code` when the call failed. */
export interface StepResult {
  readonly value?: number;
  readonly address?: string;
  readonly port?: number;
  /** The number as the system gave it, read at once; 0 when the call failed without giving one. */
  readonly errno?: number;
  /** The symbolic name of `errno`. */
  readonly code?: string;
  /** The binder itself could not carry the step out; nothing was learned about the system. */
  readonly problem?: string;
}

/** Answer to the request of the same id: for each program the results of the steps that were carried out. */
export interface Reply {
  readonly id: number;
  readonly results: readonly (readonly StepResult[])[];
}
