import type { Claim } from "../model/claim.ts";
import type { Experiment } from "../model/experiment.ts";
import { partsOf, partsVouchedFor } from "../experiments/plan.ts";
import type { Observation } from "../model/observation.ts";
import type { MeasurePlan } from "../measure/measure-target.ts";
import type { Platform } from "../model/platform.ts";
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
    return {
      ...planWithControls(docket.experiments, controls),
      isDoubtful: ({ experiment, outcome, steps }) =>
        docket.isContradicting(experiment.id, outcome, steps),
    };
  };
}

/** What experiments need: the controls of their parts, and whether another account. They are gone through once. */
export function planWithControls(
  experiments: Iterable<Experiment>,
  controls: readonly Claim[],
): Omit<MeasurePlan, "isDoubtful"> {
  const parts = new Set<string>();
  let isOtherNeeded = false;
  for (const experiment of experiments) {
    for (const part of partsOf(experiment)) parts.add(part);
    isOtherNeeded ||= needsOtherAccount(experiment);
  }
  const needed = controls.filter(({ experiment }) =>
    partsVouchedFor(experiment).some((part) => parts.has(part)),
  );
  return {
    experiments,
    needsOtherAccount: isOtherNeeded,
    controls: needed.map(({ experiment }) => experiment),
    controlProblem: (observation) => controlProblem(needed, observation),
  };
}

function needsOtherAccount(experiment: Experiment): boolean {
  if ("scenario" in experiment) return experiment.scenario.steps.some(({ by }) => by === "other");
  return "second" in experiment && experiment.second.account === "other";
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
