import type { Experiment } from "../model/experiment.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import type { Family } from "../model/vocabulary.ts";

/** The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints. */
export function partsOf(experiment: Experiment): string[] {
  const { protocol } = experiment;
  const families =
    "scenario" in experiment
      ? [experiment.family, ...experiment.scenario.steps.map(familyOf)]
      : "option" in experiment
        ? [experiment.family]
        : [experiment.first.family, experiment.second.family];
  return [...new Set(families.filter(Boolean).map((family) => `${protocol}/${family}`))];
}

function familyOf(step: ScenarioStep): Family | undefined {
  return "family" in step ? step.family : undefined;
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
