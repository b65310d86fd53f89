import type { StepResult } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import { exhausted, isExhaustion } from "./exhaustion.ts";
import { CALLS, type CallName } from "../model/vocabulary.ts";

/** What a binder's result of one step says; `otherwise` is the call that failed where the result names none. */
export function stepOutcome(result: StepResult | undefined, otherwise: CallName): Outcome {
  if (!result)
    return { kind: "broken", reason: "binder-babbled", detail: `no result of ${otherwise}` };
  const step = CALLS.find((call) => call === result.call) ?? otherwise;
  if (result.problem !== undefined)
    return { kind: "broken", reason: "binder-problem", detail: result.problem };
  if (result.pending) return { kind: "error", step, code: "nothing-came", errno: 0 };
  // Wine 5 refuses options that it does not know and sets no error; the binder has cleared the one before.
  if (result.errno === 0 && ASKS_OPTION.includes(step))
    return { kind: "error", step, code: "no-code", errno: 0 };
  if (result.errno === 0)
    return {
      kind: "broken",
      reason: "error-without-code",
      detail: `${step} failed and the system gave no error`,
    };
  if (result.errno === undefined) return { kind: "success" };
  const { code = "", errno } = result;
  return isExhaustion(code) ? exhausted(step, code) : { kind: "error", step, code, errno };
}

const ASKS_OPTION: readonly CallName[] = ["get-option", "set-option"];
