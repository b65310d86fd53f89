import type { Experiment } from "../model/experiment.ts";
import type { Scenario, ScenarioStep } from "../model/scenario.ts";

/** The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints. */
export function partsOf(experiment: Experiment): string[] {
  const { protocol, family } = experiment;
  const others =
    "scenario" in experiment
      ? experiment.scenario.steps.map((step) => partOf(step, experiment))
      : "first" in experiment
        ? [`${protocol}/${experiment.second.family}`]
        : [];
  return [...new Set([`${protocol}/${family}`, ...others])];
}

function partOf(step: ScenarioStep, { protocol, family }: Scenario): string {
  if (!("address" in step)) return `${protocol}/${family}`;
  return `${step.protocol ?? protocol}/${step.family ?? family}`;
}

/** The distinct experiments that some claims speak of, in the order in which they first come. */
export function planExperiments(
  claims: Iterable<{ readonly experiment: Experiment }>,
): Experiment[] {
  const byId = new Map<string, Experiment>();
  for (const { experiment } of claims)
    if (!byId.has(experiment.id)) byId.set(experiment.id, experiment);
  return [...byId.values()];
}
