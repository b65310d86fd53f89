import { setTimeout as sleep } from "node:timers/promises";
import type { ScenarioStep } from "../model/steps.ts";
import type { Outcome } from "../model/observation.ts";
import type { Protocol } from "../model/vocabulary.ts";
import { binderFamily } from "./call.ts";
import { optionBytes } from "./option-bytes.ts";
import { stepOutcome } from "./step-outcome.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";

/**
 * Sends, and counts who got how much. Ends when everything that was sent has come and nothing more follows, since each
 * member of a multicast group gets a datagram of its own; or when nothing has come for a while. Throws BinderLost.
 */
export async function takeCensus(
  step: Extract<ScenarioStep, { do: "census" }>,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const place = await sockets.bindAddressOf(step);
  if ("kind" in place) return place;
  const { protocol, family: kind, address, port } = place;
  const family = binderFamily(kind);
  const { count } = step;
  const options = (step.options ?? []).map((text) => optionBytes(text, sockets.trial.system));
  const socket = sockets.reserve(step.by, count);
  const sent = await sockets.ask(step.by, [
    { do: "send-many", socket, count, family, protocol, address, port, options },
  ]);
  const outcome = stepOutcome(sent.at(-1), "connect");
  if (outcome.kind !== "success") return outcome;
  const shares = new Map(step.among.map((name) => [name, 0]));
  let taken = 0;
  let lastAt = performance.now();
  for (let pauseMs = 5; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const round = await takeRound(step.among, sockets, shares, protocol);
    if ("kind" in round) return round;
    taken += round.taken;
    const now = performance.now();
    if (round.taken > 0) lastAt = now;
    else if (taken >= count || now - lastAt > QUIET_MS)
      return { kind: "delivered", sent: count, shares: Object.fromEntries(shares) };
    await sockets.binders.waiting(sleep(pauseMs));
  }
}

const LONGEST_PAUSE_MS = 40;
// On one machine what has not come by then was dropped.
const QUIET_MS = 1000;

async function takeRound(
  among: readonly string[],
  sockets: ScenarioSockets,
  shares: Map<string, number>,
  protocol: Protocol,
): Promise<Outcome | { readonly taken: number }> {
  let taken = 0;
  for (const name of among) {
    if (sockets.refusalOf(name)) continue; // it gets nothing
    const { by, socket } = sockets.ownerOf(name);
    const result = (await sockets.ask(by, [{ do: "take-all", socket, protocol }])).at(-1);
    const outcome = stepOutcome(result, protocol === "tcp" ? "accept" : "receive");
    if (outcome.kind !== "success") return outcome;
    shares.set(name, (shares.get(name) ?? 0) + (result?.value ?? 0));
    taken += result?.value ?? 0;
  }
  return { taken };
}
