import { stepLabel } from "../model/experiment-id.ts";
import type { Scenario } from "../model/scenario.ts";
import type { StepObservation } from "../model/observation.ts";
import { performStep } from "./perform-step.ts";
import type { Setting, Trial, TrialResult } from "./perform.ts";
import { createStage } from "./stage.ts";

/** A scenario on ports of its own. */
export type ScenarioTrial = Omit<Trial, "experiment" | "peerPort"> & {
  readonly experiment: Scenario;
};

/**
 * Carries a scenario out, step by step. A step that is not observed has to go well; one that is observed may end as it
 * likes, and the scenario goes on. Throws BinderLost.
 */
export async function performScenario(
  trial: ScenarioTrial,
  setting: Setting,
): Promise<TrialResult> {
  const { steps } = trial.experiment.scenario;
  const stage = createStage(trial, setting);
  const observed: StepObservation[] = [];
  try {
    const obstacle = await stage.probe();
    if (obstacle) return obstacle;
    for (const [index, step] of steps.entries()) {
      const outcome = await performStep(step, steps.slice(index + 1), stage);
      const label = stepLabel(step, index);
      if (outcome.kind === "broken")
        return { counts: true, outcome, evidence: {}, steps: observed };
      if (step.observe) observed.push({ step: index, label, outcome });
      else if (outcome.kind === "error")
        return { counts: false, reason: "setup-failed", why: `${label}: ${outcome.code}` };
    }
  } finally {
    await stage.clear();
  }
  const outcome = observed.at(-1)?.outcome ?? { kind: "success" };
  return { counts: true, outcome, evidence: {}, steps: observed };
}
