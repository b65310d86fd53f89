import type { Claim } from "../claims/claim.ts";
import type { Experiment } from "../experiments/experiment.ts";
import { partsOf } from "../experiments/plan.ts";
import type { Observation } from "../observations/observation.ts";
import type { MeasurePlan } from "../pair/measure-here.ts";
import type { Platform } from "../results/line.ts";
import { createDocket } from "./docket.ts";
import { judge } from "./judge.ts";

/** What to measure on a platform and what to repeat there; the claims themselves stay here. */
export function createMeasurePlanner(
  claims: readonly Claim[],
  controls: readonly Claim[],
  isNamed: boolean,
): (platform: Platform) => MeasurePlan {
  return (platform) => {
    const docket = createDocket(claims, platform, isNamed);
    const parts = new Set(docket.experiments.flatMap(partsOf));
    const needed = controls.filter(({ experiment }) =>
      partsOf(experiment).some((part) => parts.has(part)),
    );
    return {
      experiments: docket.experiments,
      needsOtherAccount: docket.experiments.some(needsOtherAccount),
      controls: needed.map(({ experiment }) => experiment),
      controlProblem: (observation) => controlProblem(needed, observation),
      isDoubtful: ({ experiment, outcome, steps }) =>
        docket.isContradicting(experiment.id, outcome, steps),
    };
  };
}

function needsOtherAccount(experiment: Experiment): boolean {
  return "scenario" in experiment
    ? experiment.scenario.steps.some(({ by }) => by === "other")
    : experiment.second.account === "other";
}

function controlProblem(
  controls: readonly Claim[],
  { experiment, outcome }: Observation,
): string | null {
  const control = controls.find((claim) => claim.experiment.id === experiment.id);
  if (!control) return null;
  const { word, detail } = judge(control, outcome);
  // A control that is skipped vouches for experiments that are skipped for the same reason.
  if (word === "held" || word === "skipped") return null;
  return detail ?? `came out as ${outcome.kind === "error" ? outcome.code : outcome.kind}`;
}
