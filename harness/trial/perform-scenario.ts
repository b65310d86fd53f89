import { stepLabel } from "../model/experiment-id.ts";
import type { StepObservation } from "../model/observation.ts";
import { performStep } from "./perform-step.ts";
import type { Binders, ScenarioTrial, TrialResult } from "./trial.ts";
import { createScenarioSockets } from "./scenario-sockets.ts";

/**
 * Carries a scenario out, step by step. A step that is not observed has to go well; one that is observed may end as it
 * likes, and the scenario goes on. Throws BinderLost.
 */
export async function performScenario(
  trial: ScenarioTrial,
  binders: Binders,
): Promise<TrialResult> {
  const { steps } = trial.experiment.scenario;
  const sockets = createScenarioSockets(trial, binders);
  const observed: StepObservation[] = [];
  try {
    const obstacle = await sockets.probe();
    if (obstacle) return obstacle;
    for (const [index, step] of steps.entries()) {
      const outcome = await performStep(step, steps.slice(index + 1), sockets);
      const label = stepLabel(step, index);
      if (outcome.kind === "broken")
        return { counts: true, outcome, evidence: {}, steps: observed };
      if (step.observe) observed.push({ step: index, label, outcome });
      else if (outcome.kind === "error")
        return { counts: false, reason: "setup-failed", why: `${label}: ${outcome.code}` };
    }
  } finally {
    await sockets.clear();
  }
  const outcome = observed.at(-1)?.outcome ?? { kind: "success" };
  return { counts: true, outcome, evidence: {}, steps: observed };
}
