import type { Observation } from "../model/observation.ts";

/**
 * What a target's line says of a control: `held`, why it was skipped, or what went wrong. `problem` is what the claims
 * say of it; `ipv6Problem` is why the target has lost the IPv6 that it should have.
 */
export function controlOutcome(
  { outcome }: Pick<Observation, "outcome">,
  problem: string | null,
  ipv6Problem: string | null,
): { readonly text: string; readonly isFailed: boolean } {
  if (problem !== null) return { text: problem, isFailed: true };
  if (outcome.kind !== "skipped") return { text: "held", isFailed: false };
  if (outcome.reason === "no-ipv6" && ipv6Problem !== null)
    return { text: ipv6Problem, isFailed: true };
  return { text: `skipped: ${outcome.detail}`, isFailed: false };
}
