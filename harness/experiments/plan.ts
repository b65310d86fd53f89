import type { Experiment } from "./experiment.ts";

/** The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints. */
export function partsOf({ protocol, first, second }: Experiment): string[] {
  return [...new Set([`${protocol}/${first.family}`, `${protocol}/${second.family}`])];
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
