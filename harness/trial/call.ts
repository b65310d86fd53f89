import type { Step } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import { STEPS, type ScenarioStep } from "../model/steps.ts";
import type { Family } from "../model/vocabulary.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";
import { stepOutcome } from "./step-outcome.ts";

/** Carries out a step that is one request about a socket that is there. Throws BinderLost. */
export async function call(
  step: ScenarioStep & { readonly socket: string },
  sockets: ScenarioSockets,
  make: (socket: number, owned: { readonly family: Family }) => Step,
): Promise<Outcome> {
  const { by, socket, family } = sockets.ownerOf(step.socket);
  const results = await sockets.ask(by, [make(socket, { family })]);
  return stepOutcome(results.at(-1), STEPS[step.do].call ?? "socket");
}

/** What a binder calls the family: whether IPV6_V6ONLY is on is a setting of its own. */
export function binderFamily(family: Family): "ipv4" | "ipv6" {
  return family === "ipv4" ? "ipv4" : "ipv6";
}
