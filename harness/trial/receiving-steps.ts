import type { StepResult } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import type { ScenarioStep } from "../model/steps.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";
import { stepOutcome } from "./step-outcome.ts";

type StepOf<Name extends ScenarioStep["do"]> = Extract<ScenarioStep, { do: Name }>;

// How long a binder waits for something to come before it answers. Far below the time that it may take to answer.
const MOST_WAIT_MS = 250;

/** Takes one connection and gives it its name. Throws BinderLost. */
export async function accept(step: StepOf<"accept">, sockets: ScenarioSockets): Promise<Outcome> {
  const { by, socket, family } = sockets.ownerOf(step.socket);
  const accepted = sockets.reserve(by);
  sockets.name(step.as, { by, socket: accepted, family });
  const result = await untilThere(sockets, (waitMs) =>
    sockets.ask(by, [{ do: "accept", socket, as: accepted, waitMs }]),
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
    const result = await untilThere(sockets, (waitMs) =>
      sockets.ask(by, [{ do: "receive", socket, waitMs }]),
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
  ask: (waitMs: number) => Promise<readonly StepResult[]>,
): Promise<StepResult | undefined> {
  const { timeoutMs, waiting } = sockets.binders;
  const deadline = performance.now() + timeoutMs;
  const waitMs = Math.min(MOST_WAIT_MS, Math.floor(timeoutMs / 4));
  for (;;) {
    const result = (await waiting(ask(waitMs))).at(-1);
    if (!result?.pending || performance.now() > deadline) return result;
  }
}
