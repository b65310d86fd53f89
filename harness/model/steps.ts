import type { ScenarioStep } from "./scenario.ts";
import type { CallName } from "./vocabulary.ts";

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
