import type {
  AddressKind,
  CallName,
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
      /** For a socket that it makes. */
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

/** The verb of a scenario's step. */
export type StepName = ScenarioStep["do"];

interface StepFacts {
  /** The call that an error belongs to where the text names none; null where the step makes none. */
  readonly call: CallName | null;
  /** Which of its parameters names the sockets that have to be there before. */
  readonly needs: "socket" | "among" | null;
  /** Which of its parameters names the socket that it makes. */
  readonly makes: "socket" | "as" | null;
}

/** Every step of a scenario; an `open` that is refused is most often refused at bind. */
export const STEPS: Readonly<Record<StepName, StepFacts>> = {
  open: { call: "bind", needs: null, makes: "socket" },
  bind: { call: "bind", needs: "socket", makes: null },
  "set-option": { call: "set-option", needs: "socket", makes: null },
  "get-option": { call: "get-option", needs: "socket", makes: null },
  "local-address": { call: "local-address", needs: "socket", makes: null },
  "set-linger": { call: "set-option", needs: "socket", makes: null },
  "join-group": { call: "set-option", needs: "socket", makes: null },
  "leave-group": { call: "set-option", needs: "socket", makes: null },
  "join-source-group": { call: "set-option", needs: "socket", makes: null },
  "leave-source-group": { call: "set-option", needs: "socket", makes: null },
  "block-source": { call: "set-option", needs: "socket", makes: null },
  "unblock-source": { call: "set-option", needs: "socket", makes: null },
  listen: { call: "listen", needs: "socket", makes: null },
  connect: { call: "connect", needs: null, makes: "socket" },
  disconnect: { call: "connect", needs: "socket", makes: null },
  accept: { call: "accept", needs: "socket", makes: "as" },
  send: { call: "send", needs: "socket", makes: null },
  fill: { call: "send", needs: "socket", makes: null },
  receive: { call: "receive", needs: "socket", makes: null },
  "receive-end": { call: "receive", needs: "socket", makes: null },
  "shutdown-send": { call: "shutdown", needs: "socket", makes: null },
  "shutdown-receive": { call: "shutdown", needs: "socket", makes: null },
  close: { call: "close", needs: "socket", makes: null },
  wait: { call: null, needs: null, makes: null },
  census: { call: "connect", needs: "among", makes: null },
};

/** The steps that join and leave groups, by the option that each sets for a group of each family. */
export const GROUP_OPTIONS = {
  "join-group": { ipv4: "IP_ADD_MEMBERSHIP", ipv6: "IPV6_JOIN_GROUP" },
  "leave-group": { ipv4: "IP_DROP_MEMBERSHIP", ipv6: "IPV6_LEAVE_GROUP" },
  "join-source-group": { ipv4: "IP_ADD_SOURCE_MEMBERSHIP", ipv6: "MCAST_JOIN_SOURCE_GROUP" },
  "leave-source-group": { ipv4: "IP_DROP_SOURCE_MEMBERSHIP", ipv6: "MCAST_LEAVE_SOURCE_GROUP" },
  "block-source": { ipv4: "IP_BLOCK_SOURCE", ipv6: "MCAST_BLOCK_SOURCE" },
  "unblock-source": { ipv4: "IP_UNBLOCK_SOURCE", ipv6: "MCAST_UNBLOCK_SOURCE" },
} as const satisfies Partial<Record<StepName, { ipv4: string; ipv6: string }>>;
export type GroupStepName = keyof typeof GROUP_OPTIONS;

/** The parameters of a step that name sockets. */
interface NamesSockets {
  readonly do: StepName;
  readonly socket?: string;
  readonly as?: string;
  readonly among?: readonly string[];
  readonly port?: unknown;
}

/** The call that an error of a step belongs to where the text names none; of any other word, bind. */
export function usualCall(step: string): CallName {
  return (Object.hasOwn(STEPS, step) && STEPS[step as StepName].call) || "bind";
}

/** The calls that such an error may belong to: an `open` may be refused when its options are set, too. */
export function usualCalls(step: StepName): readonly CallName[] {
  return step === "open" ? ["bind", "set-option"] : [usualCall(step)];
}

/** The sockets that have to be there before a step. */
export function socketsNeeded(step: NamesSockets): readonly string[] {
  const { needs } = STEPS[step.do];
  const named = needs === null ? [] : [step[needs] ?? []].flat();
  const owner = portOwner(step.port);
  return owner === null ? named : [...named, owner];
}

/** The socket whose port a step takes; null where its port is another. */
export function portOwner(port: unknown): string | null {
  return typeof port === "object" && port !== null && "of" in port ? String(port.of) : null;
}

/** Whether a call reads something: its outcome is a value. */
export function isReading(call: CallName): boolean {
  return call === "get-option" || call === "local-address";
}

/** The socket that a step makes; null where it makes none. */
export function socketMade(step: NamesSockets): string | null {
  const { makes } = STEPS[step.do];
  return (makes && step[makes]) ?? null;
}

/** Whether a step does something with a socket that is there. */
export function isUsedBy(step: NamesSockets, socket: string): boolean {
  return socketsNeeded(step).includes(socket) || step.socket === socket;
}
