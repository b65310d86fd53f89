import type { Doubt, Try } from "../../harness/measure/task.ts";
import type { Outcome } from "../../harness/model/observation.ts";

export const SUCCESS = { kind: "success" } as const satisfies Outcome;
export const IN_USE = {
  kind: "error",
  step: "bind",
  code: "EADDRINUSE",
  errno: 98,
} as const satisfies Outcome;

/** Repeats twice whatever came out. */
export const DOUBTING: Doubt = { isDoubtful: () => true, confirm: 2 };

/** A try of two endpoints that counts. */
export function tried(outcome: Outcome, port = 20_000): Try {
  return {
    result: { counts: true, outcome, evidence: { afterFirstClosed: "success" } },
    port,
    durationMs: 1.23456,
  };
}
