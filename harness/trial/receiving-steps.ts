import { setTimeout as sleep } from "node:timers/promises";
import type { StepResult } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import type { ScenarioStep } from "../model/steps.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";
import { stepOutcome } from "./step-outcome.ts";

type StepOf<Name extends ScenarioStep["do"]> = Extract<ScenarioStep, { do: Name }>;

// How long a binder waits for something to come before it answers; its other scenarios wait meanwhile.
const WAIT_MS = 5;
const PAUSE_MS = 5;

/** Takes one connection and gives it its name. Throws BinderLost. */
export async function accept(step: StepOf<"accept">, sockets: ScenarioSockets): Promise<Outcome> {
  const { by, socket, family } = sockets.ownerOf(step.socket);
  const accepted = sockets.reserve(by);
  sockets.name(step.as, { by, socket: accepted, family });
  const result = await untilThere(sockets, () =>
    sockets.ask(by, [{ do: "accept", socket, as: accepted, waitMs: WAIT_MS }]),
  );
  return stepOutcome(result, "accept");
}

/** Receives once, or until the orderly end. Throws BinderLost. */
export async function receive(
  step: StepOf<"receive" | "receive-end">,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const { by, socket } = sockets.ownerOf(step.socket);
  for (;;) {
    const result = await untilThere(sockets, () =>
      sockets.ask(by, [{ do: "receive", socket, waitMs: WAIT_MS }]),
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
  sockets: ScenarioSockets,
  ask: () => Promise<readonly StepResult[]>,
): Promise<StepResult | undefined> {
  const deadline = performance.now() + sockets.binders.timeoutMs;
  for (;;) {
    const result = (await ask()).at(-1);
    if (!result?.pending || performance.now() > deadline) return result;
    await sleep(PAUSE_MS);
  }
}
