import { controlTimeoutMs } from "../binder-client/time-limits.ts";
import { partsVouchedFor } from "../experiments/plan.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Observation } from "../model/observation.ts";
import { mayBeAnothers } from "../trial/attribute.ts";
import { controlOutcome } from "./control-outcome.ts";
import { measure, type Laboratory } from "./measure.ts";

/** Experiments that show that a protocol and family can be measured at all. */
export interface Controls {
  readonly controls: Iterable<Experiment>;
  /** Null when the control came out as it must, else what went wrong. */
  readonly controlProblem: (observation: Observation) => string | null;
}

/** What came of the controls. */
export interface TriedControls {
  /** Of each, by its id. */
  readonly controls: Readonly<Record<string, string>>;
  /** Why nothing can be said of a part of the target. */
  readonly problems: ReadonlyMap<string, string>;
}

// Another program may have a control's port for a moment, which is not the target's fault.
const ROUNDS = 3;

/**
 * Tries the controls of a target. One that was refused a port is tried on others, up to three times in all. `ipv6Problem` is why
 * the target has lost the IPv6 that it should have. Throws TargetProblem as `measure` does.
 */
export async function tryControls(
  { controls: all, controlProblem }: Controls,
  laboratory: Laboratory,
  ipv6Problem: () => string | null,
): Promise<TriedControls> {
  const problems = new Map<string, string>();
  const controls: Record<string, string> = {};
  const timeoutMs = controlTimeoutMs(laboratory.timeoutMs);
  const patient = { ...laboratory, timeoutMs, isDoubtful: () => false };
  let due = all;
  for (let round = 1; round <= ROUNDS; round++) {
    const again: Experiment[] = [];
    for await (const control of measure(due, patient)) {
      const { experiment } = control;
      const { text, isFailed } = controlOutcome(control, controlProblem(control), ipv6Problem());
      const isOnOtherPorts = text === "held" && round > 1;
      controls[experiment.id] = isOnOtherPorts ? "held on other ports" : text;
      if (isFailed && isRefusedPort(control) && round < ROUNDS) again.push(experiment);
      else if (isFailed)
        for (const part of partsVouchedFor(experiment))
          problems.set(part, `${experiment.id}: ${text}`);
    }
    if (again.length === 0) break;
    due = again;
  }
  return { controls, problems };
}

/** Whether a socket of it was refused a port that another program may have. */
function isRefusedPort({ outcome, steps = [] }: Observation): boolean {
  return [outcome, ...steps.map((step) => step.outcome)].some(mayBeAnothers);
}
