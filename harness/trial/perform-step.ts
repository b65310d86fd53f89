import { setTimeout as sleep } from "node:timers/promises";
import type { Program, Step } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import { STEPS, isUsedBy, socketMade, type StepName } from "../model/steps.ts";
import { openStep, readOpened } from "./endpoint-steps.ts";
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
  const refused = "socket" in step && step.do !== "open" ? sockets.refusalOf(step.socket) : null;
  const perform = PERFORMERS[step.do] as Performer<StepName>;
  const outcome = refused ?? (await perform(step, sockets, later));
  const made = socketMade(step);
  if (made !== null && outcome.kind === "error") sockets.refuse(made, outcome);
  return outcome;
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
  "set-option": (step, sockets) => call(step, sockets, (socket) => ({ ...step, socket })),
  "set-linger": (step, sockets) => call(step, sockets, (socket) => ({ ...step, socket })),
  "join-group": (step, sockets) =>
    call(step, sockets, (socket) => ({ ...step, socket, family: "ipv4" })),
  listen: plainCall,
  connect,
  accept,
  send: (step, sockets) => call(step, sockets, (socket) => ({ ...step, socket })),
  fill: plainCall,
  receive,
  "receive-end": receive,
  "shutdown-send": plainCall,
  "shutdown-receive": plainCall,
  close: plainCall,
  async wait({ ms }) {
    await sleep(ms, undefined, { ref: false });
    return { kind: "success" };
  },
  census: takeCensus,
};

async function call(
  step: ScenarioStep & { readonly socket: string },
  sockets: ScenarioSockets,
  make: (socket: number) => Step,
): Promise<Outcome> {
  const { by, socket } = sockets.ownerOf(step.socket);
  return stepOutcome(
    (await sockets.ask(by, [make(socket)])).at(-1),
    STEPS[step.do].call ?? "socket",
  );
}

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
  const address = sockets.bindAddressOf(step);
  const socket = sockets.reserve(step.by);
  const endpoint = { options: step.options, state: step.state, api: "socket" } as const;
  const opening = openStep(endpoint, address, socket);
  const { outcome } = readOpened(
    opening,
    (await sockets.ask(step.by, [opening]))[0],
    address,
    sockets.binders.unreadable,
  );
  sockets.name(step.socket, step.by, socket);
  // A socket that only shows whether it can be opened must not stand in the way of the next.
  if (!step.keep && !later.some((other) => isUsedBy(other, step.socket)))
    await sockets.ask(step.by, [{ do: "close", socket }]);
  return outcome;
}

async function bindAgain(step: StepOf<"bind">, sockets: ScenarioSockets): Promise<Outcome> {
  const { family: kind, address, port } = sockets.bindAddressOf(step);
  const family = kind === "ipv4" ? "ipv4" : "ipv6";
  return call(step, sockets, (socket) => ({ do: "bind", socket, family, address, port }));
}

async function connect(step: StepOf<"connect">, sockets: ScenarioSockets): Promise<Outcome> {
  const { protocol, family: kind, address, port } = sockets.bindAddressOf(step);
  const family = kind === "ipv4" ? "ipv4" : "ipv6";
  if (sockets.has(step.socket))
    return call(step, sockets, (socket) => ({ do: "connect", socket, family, address, port }));
  const socket = sockets.reserve(step.by);
  const buffer = step["receive-buffer"];
  const program: Program = [
    { do: "socket", socket, family, protocol },
    ...(buffer === undefined
      ? []
      : [{ do: "set-option", socket, option: "SO_RCVBUF", value: buffer } as const]),
    { do: "connect", socket, family, address, port },
  ];
  sockets.name(step.socket, step.by, socket);
  return stepOutcome((await sockets.ask(step.by, program)).at(-1), "connect");
}
