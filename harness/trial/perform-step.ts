import { setTimeout as sleep } from "node:timers/promises";
import type { Program } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import {
  isUsedBy,
  portOwner,
  socketMade,
  type StepName,
  type ScenarioStep,
} from "../model/steps.ts";
import { openStep, readOpened } from "./endpoint-steps.ts";
import { optionBytes } from "./option-bytes.ts";
import { binderFamily, call } from "./call.ts";
import { changeGroup, getOption, localAddress, setOption } from "./socket-facts.ts";
import { accept, receive } from "./receiving-steps.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";
import { stepOutcome } from "./step-outcome.ts";
import { takeCensus } from "./take-census.ts";

/**
 * Carries one step of a scenario out. `later` tells whether anything still needs its socket. A step on a socket that was
 * refused earlier has that refusal as its outcome. Throws BinderLost.
 */
export async function performStep(
  step: ScenarioStep,
  later: readonly ScenarioStep[],
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const refused = refusalBefore(step, sockets);
  const perform = PERFORMERS[step.do] as Performer<StepName>;
  const outcome = refused ?? (await perform(step, sockets, later));
  const made = socketMade(step);
  if (made !== null && outcome.kind === "error") sockets.refuse(made, outcome);
  return outcome;
}

/** The refusal of a socket that a step is about, or whose port it takes. */
function refusalBefore(step: ScenarioStep, sockets: ScenarioSockets): Outcome | null {
  const own = "socket" in step && step.do !== "open" ? step.socket : null;
  const owner = "port" in step ? portOwner(step.port) : null;
  for (const name of [own, owner]) {
    const refusal = name === null ? null : sockets.refusalOf(name);
    if (refusal !== null) return refusal;
  }
  return null;
}

type StepOf<Name extends StepName> = Extract<ScenarioStep, { do: Name }>;

type Performer<Name extends StepName> = (
  step: StepOf<Name>,
  sockets: ScenarioSockets,
  later: readonly ScenarioStep[],
) => Promise<Outcome>;

const PERFORMERS: { readonly [Name in StepName]: Performer<Name> } = {
  open,
  bind: bindAgain,
  "set-option": setOption,
  "get-option": getOption,
  "local-address": localAddress,
  "set-linger": (step, sockets) => call(step, sockets, (socket) => ({ ...step, socket })),
  "join-group": changeGroup,
  "leave-group": changeGroup,
  "join-source-group": changeGroup,
  "leave-source-group": changeGroup,
  "block-source": changeGroup,
  "unblock-source": changeGroup,
  listen: plainCall,
  connect,
  disconnect: (step, sockets) =>
    call(step, sockets, (socket, { family }) => ({
      do: "disconnect",
      socket,
      family: binderFamily(family),
    })),
  accept,
  send: (step, sockets) => call(step, sockets, (socket) => ({ ...step, socket })),
  fill: plainCall,
  receive,
  "receive-end": receive,
  "shutdown-send": plainCall,
  "shutdown-receive": plainCall,
  close: plainCall,
  async wait({ ms }, { binders }) {
    await binders.waiting(sleep(ms, undefined, { ref: false }));
    return { kind: "success" };
  },
  census: takeCensus,
};

/** A step of which the binder has to know nothing but the socket. */
function plainCall(
  step: StepOf<"listen" | "fill" | "shutdown-send" | "shutdown-receive" | "close">,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  return call(step, sockets, (socket) => ({ do: step.do, socket }));
}

async function open(
  step: StepOf<"open">,
  sockets: ScenarioSockets,
  later: readonly ScenarioStep[],
): Promise<Outcome> {
  const address = await sockets.bindAddressOf(step);
  if ("kind" in address) return address;
  const socket = sockets.reserve(step.by);
  const endpoint = { options: step.options, state: step.state, api: "socket" } as const;
  const opening = openStep(endpoint, address, socket, sockets.trial.system);
  // A socket that only shows whether it can be opened must not stand in the way of the next.
  const isClosed = !step.keep && !later.some((other) => isUsedBy(other, step.socket));
  const closing: Program = isClosed ? [{ do: "close", socket }] : [];
  const results = await sockets.ask(step.by, [opening, ...closing]);
  if (isClosed && results.length < 2) await sockets.ask(step.by, closing);
  sockets.name(step.socket, { by: step.by, socket, family: address.family });
  return readOpened(opening, results[0], address, sockets.binders.unreadable).outcome;
}

async function bindAgain(step: StepOf<"bind">, sockets: ScenarioSockets): Promise<Outcome> {
  const place = await sockets.bindAddressOf(step);
  if ("kind" in place) return place;
  const { family, address, port } = place;
  const at = { family: binderFamily(family), address, port };
  return call(step, sockets, (socket) => ({ do: "bind", socket, ...at }));
}

async function connect(step: StepOf<"connect">, sockets: ScenarioSockets): Promise<Outcome> {
  const place = await sockets.bindAddressOf(step);
  if ("kind" in place) return place;
  const { protocol, family: kind, address, port } = place;
  const family = binderFamily(kind);
  if (sockets.has(step.socket))
    return call(step, sockets, (socket) => ({ do: "connect", socket, family, address, port }));
  const socket = sockets.reserve(step.by);
  const buffer = step["receive-buffer"];
  const set = [
    ...(step.options ?? []),
    ...(buffer === undefined ? [] : [`SO_RCVBUF=${buffer}`]),
  ].map((text) => optionBytes(text, sockets.trial.system));
  const program: Program = [
    { do: "socket", socket, family, protocol, ...(set.length > 0 ? { options: set } : {}) },
    { do: "connect", socket, family, address, port },
  ];
  sockets.name(step.socket, { by: step.by, socket, family: kind });
  const results = await sockets.ask(step.by, program);
  return stepOutcome(results.at(-1), "connect");
}
