import type { Experiment } from "../model/experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ScenarioStep } from "../model/steps.ts";

/**
 * The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints, and
 * multicast where it joins a group.
 */
export function partsOf(experiment: Experiment): string[] {
  const { protocol, family } = experiment;
  const others =
    "scenario" in experiment
      ? experiment.scenario.steps.flatMap((step) => [
          partOf(step, experiment),
          ...(step.do === "join-group" ? [`${protocol}/${family}${MULTICAST}`] : []),
        ])
      : "first" in experiment
        ? [`${protocol}/${experiment.second.family}`]
        : [];
  return [...new Set([`${protocol}/${family}`, ...others])];
}

/** The parts that a control vouches for: its own, or only multicast where it joins a group. */
export function partsVouchedFor(control: Experiment): string[] {
  const parts = partsOf(control);
  const special = parts.filter((part) => part.endsWith(MULTICAST));
  return special.length > 0 ? special : parts;
}

const MULTICAST = "/multicast";

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
