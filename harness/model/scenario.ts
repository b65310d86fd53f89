import type {
  AddressKind,
  EndpointState,
  Family,
  OptionText,
  Party,
  Protocol,
} from "./vocabulary.ts";

/** A word for an address of the target, or an address as it is written: `10.0.0.1`. */
type ScenarioAddress = AddressKind | (string & {});

/** The scenario's port, a second one of its own, a certain one, or the one that a socket has. */
type ScenarioPort = "same" | "other" | number | { readonly of: string };

interface At<Port = ScenarioPort> {
  readonly address: ScenarioAddress;
  readonly port: Port;
  /** Where it is not the scenario's. */
  readonly family?: Family | undefined;
  readonly protocol?: Protocol | undefined;
}

/** Where a socket is bound: `auto` is port 0, for which the system chooses one. */
type BoundAt = At<ScenarioPort | "auto">;

/** One step of a scenario. Sockets have names; `observe` marks the steps whose outcome is what the scenario is about. */
export type ScenarioStep = {
  readonly by: Party;
  readonly observe: boolean;
} & (
  | ({
      readonly do: "open";
      readonly socket: string;
      readonly options: readonly OptionText[];
      readonly state: Exclude<EndpointState, "connected">;
      /** Stays open although no later step names it. */
      readonly keep?: boolean | undefined;
    } & BoundAt)
  | ({ readonly do: "bind"; readonly socket: string } & BoundAt)
  | {
      readonly do: "set-option";
      readonly socket: string;
      readonly option: string;
      readonly value: number | string;
    }
  | { readonly do: "get-option"; readonly socket: string; readonly option: string }
  /** Reads the name of a socket: a word for its address and one for its port, `wildcard:same`. */
  | { readonly do: "local-address"; readonly socket: string }
  | { readonly do: "set-linger"; readonly socket: string; readonly seconds: number }
  /** Memberships are on the loopback interface. */
  | {
      readonly do: "join-group" | "leave-group";
      readonly socket: string;
      readonly group: string;
    }
  | {
      readonly do: "join-source-group" | "leave-source-group" | "block-source" | "unblock-source";
      readonly socket: string;
      readonly group: string;
      readonly source: string;
    }
  | { readonly do: "listen"; readonly socket: string }
  /** Connects a socket that is there already, or makes one. */
  | ({
      readonly do: "connect";
      readonly socket: string;
      /** Of a socket that it makes. */
      readonly options?: readonly OptionText[] | undefined;
      /** SO_RCVBUF in bytes, set before connect; a small one makes a small window. */
      readonly "receive-buffer"?: number | undefined;
    } & At)
  /** Takes the peer of a datagram socket away. */
  | { readonly do: "disconnect"; readonly socket: string }
  | { readonly do: "accept"; readonly socket: string; readonly as: string }
  | { readonly do: "send"; readonly socket: string; readonly bytes: number }
  | { readonly do: "fill"; readonly socket: string }
  /** Receives once: at least one byte. */
  | { readonly do: "receive"; readonly socket: string }
  /** Receives until the peer's orderly end. */
  | { readonly do: "receive-end"; readonly socket: string }
  | { readonly do: "shutdown-send"; readonly socket: string }
  | { readonly do: "shutdown-receive"; readonly socket: string }
  | { readonly do: "close"; readonly socket: string }
  /** Lets time go by, in milliseconds. */
  | { readonly do: "wait"; readonly ms: number }
  /** Sends `count` datagrams, or makes `count` connections, each from a socket of its own, and counts who got them. */
  | ({
      readonly do: "census";
      readonly count: number;
      readonly among: readonly string[];
      /** Of the sockets that send. */
      readonly options?: readonly OptionText[] | undefined;
    } & At)
);

/** An ordered list of steps by up to four processes. */
export interface Scenario {
  readonly id: string;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly scenario: { readonly name: string; readonly steps: readonly ScenarioStep[] };
}
