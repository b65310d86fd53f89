import type { Experiment } from "../model/experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ScenarioStep, StepName } from "../model/steps.ts";

/**
 * The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints,
 * multicast where it joins a group, and traffic where it connects or sends.
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
  const parts = [...new Set([`${protocol}/${family}`, ...others])];
  const plain = parts.filter((part) => !part.endsWith(MULTICAST));
  return sends(experiment) ? [...parts, ...plain.map((part) => part + TRAFFIC)] : parts;
}

/** The parts that a control vouches for: its own, or only multicast where it joins a group, or traffic where it sends. */
export function partsVouchedFor(control: Experiment): string[] {
  const parts = partsOf(control);
  const kind = [MULTICAST, TRAFFIC].find((each) => parts.some((part) => part.endsWith(each)));
  return kind === undefined ? parts : parts.filter((part) => part.endsWith(kind));
}

const MULTICAST = "/multicast";
const TRAFFIC = "/traffic";

const SENDING: ReadonlySet<StepName> = new Set(["connect", "census"]);

function sends(experiment: Experiment): boolean {
  if ("scenario" in experiment)
    return experiment.scenario.steps.some((step) => SENDING.has(step.do));
  if ("option" in experiment) return true; // some of its questions are asked of connections
  return [experiment.first, experiment.second].some(({ state }) => state === "connected");
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
