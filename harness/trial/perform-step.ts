import { setTimeout as sleep } from "node:timers/promises";
import type { Program, Step, StepResult } from "../binder/protocol.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import type { Outcome, StepName } from "../model/observation.ts";
import { openStep, readOpened } from "./endpoint-steps.ts";
import type { Stage } from "./stage.ts";
import { stepOutcome } from "./step-outcome.ts";
import { takeCensus } from "./take-census.ts";

/**
 * Carries one step of a scenario out. `later` tells whether anything still needs its socket. A step on a socket that was
 * refused earlier comes to that refusal. Throws BinderLost.
 */
export async function performStep(
  step: ScenarioStep,
  later: readonly ScenarioStep[],
  stage: Stage,
): Promise<Outcome> {
  const refused = "socket" in step && step.do !== "open" ? stage.refusalOf(step.socket) : null;
  const outcome = refused ?? (await carryOut(step, later, stage));
  const made = step.do === "accept" ? step.as : "socket" in step ? step.socket : null;
  if (made !== null && MAKES.has(step.do) && outcome.kind === "error") stage.refuse(made, outcome);
  return outcome;
}

const MAKES: ReadonlySet<ScenarioStep["do"]> = new Set(["open", "connect", "accept"]);

async function carryOut(
  step: ScenarioStep,
  later: readonly ScenarioStep[],
  stage: Stage,
): Promise<Outcome> {
  switch (step.do) {
    case "open":
      return open(step, later, stage);
    case "bind":
      return bindAgain(step, stage);
    case "connect":
      return connect(step, stage);
    case "accept":
      return accept(step, stage);
    case "receive":
    case "receive-end":
      return receive(step, stage);
    case "census":
      return takeCensus(step, stage);
    case "wait":
      await sleep(step.ms, undefined, { ref: false });
      return { kind: "success" };
    case "set-option":
      return call(stage, step.socket, "set-option", (socket) => ({ ...step, socket }));
    case "set-linger":
      return call(stage, step.socket, "set-option", (socket) => ({ ...step, socket }));
    case "join-group":
      return call(stage, step.socket, "set-option", (socket) => ({
        ...step,
        socket,
        family: "ipv4",
      }));
    case "listen":
      return call(stage, step.socket, "listen", (socket) => ({ do: "listen", socket }));
    case "send":
      return call(stage, step.socket, "send", (socket) => ({ ...step, socket }));
    case "fill":
      return call(stage, step.socket, "send", (socket) => ({ do: "fill", socket }));
    case "shutdown-send":
      return call(stage, step.socket, "shutdown", (socket) => ({ do: "shutdown-send", socket }));
    case "shutdown-receive":
      return call(stage, step.socket, "shutdown", (socket) => ({ do: "shutdown-receive", socket }));
    case "close":
      return call(stage, step.socket, "close", (socket) => ({ do: "close", socket }));
  }
}

type StepOf<Name extends ScenarioStep["do"]> = Extract<ScenarioStep, { do: Name }>;

// How long a binder waits for something to come before it answers; its other scenarios wait meanwhile.
const WAIT_MS = 5;
const PAUSE_MS = 5;

async function call(
  stage: Stage,
  name: string,
  at: StepName,
  make: (socket: number) => Step,
): Promise<Outcome> {
  const { by, socket } = stage.held(name);
  return stepOutcome((await stage.ask(by, [make(socket)])).at(-1), at);
}

async function open(
  step: StepOf<"open">,
  later: readonly ScenarioStep[],
  stage: Stage,
): Promise<Outcome> {
  const place = stage.placeOf(step);
  const socket = stage.reserve(step.by);
  const endpoint = { options: step.options, state: step.state, api: "socket" } as const;
  const opening = openStep(endpoint, place, socket);
  const { outcome } = readOpened(opening, (await stage.ask(step.by, [opening]))[0], place);
  stage.name(step.socket, step.by, socket);
  // A socket that only shows whether it can be opened must not stand in the way of the next.
  if (!step.keep && !later.some((other) => isUsedBy(other, step.socket)))
    await stage.ask(step.by, [{ do: "close", socket }]);
  return outcome;
}

function isUsedBy(step: ScenarioStep, socket: string): boolean {
  return step.do === "census"
    ? step.among.includes(socket)
    : "socket" in step && step.socket === socket;
}

async function bindAgain(step: StepOf<"bind">, stage: Stage): Promise<Outcome> {
  const { family: kind, address, port } = stage.placeOf(step);
  const family = kind === "ipv4" ? "ipv4" : "ipv6";
  return call(stage, step.socket, "bind", (socket) => ({
    do: "bind",
    socket,
    family,
    address,
    port,
  }));
}

async function connect(step: StepOf<"connect">, stage: Stage): Promise<Outcome> {
  const { protocol, family: kind, address, port } = stage.placeOf(step);
  const family = kind === "ipv4" ? "ipv4" : "ipv6";
  if (stage.has(step.socket))
    return call(stage, step.socket, "connect", (socket) => ({
      do: "connect",
      socket,
      family,
      address,
      port,
    }));
  const socket = stage.reserve(step.by);
  const buffer = step["receive-buffer"];
  const program: Program = [
    { do: "socket", socket, family, protocol },
    ...(buffer === undefined
      ? []
      : [{ do: "set-option", socket, option: "SO_RCVBUF", value: buffer } as const]),
    { do: "connect", socket, family, address, port },
  ];
  stage.name(step.socket, step.by, socket);
  return stepOutcome((await stage.ask(step.by, program)).at(-1), "connect");
}

async function accept(step: StepOf<"accept">, stage: Stage): Promise<Outcome> {
  const { by, socket } = stage.held(step.socket);
  const accepted = stage.reserve(by);
  stage.name(step.as, by, accepted);
  const result = await untilThere(stage, () =>
    stage.ask(by, [{ do: "accept", socket, as: accepted, waitMs: WAIT_MS }]),
  );
  return stepOutcome(result, "accept");
}

async function receive(step: StepOf<"receive" | "receive-end">, stage: Stage): Promise<Outcome> {
  const { by, socket } = stage.held(step.socket);
  for (;;) {
    const result = await untilThere(stage, () =>
      stage.ask(by, [{ do: "receive", socket, waitMs: WAIT_MS }]),
    );
    const outcome = stepOutcome(result, "receive");
    if (outcome.kind !== "success") return outcome;
    const isEnd = result?.value === 0;
    if (step.do === "receive" && isEnd)
      return { kind: "error", step: "receive", code: "end-of-stream", errno: 0 };
    if (isEnd || step.do === "receive") return outcome;
  }
}

/** Asks again until something has come or the deadline is over. */
async function untilThere(
  stage: Stage,
  ask: () => Promise<readonly StepResult[]>,
): Promise<StepResult | undefined> {
  const deadline = performance.now() + stage.setting.timeoutMs;
  for (;;) {
    const result = (await ask()).at(-1);
    if (!result?.pending || performance.now() > deadline) return result;
    await sleep(PAUSE_MS);
  }
}
