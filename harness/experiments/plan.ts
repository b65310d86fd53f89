import { isMulticast } from "../model/address.ts";
import type { Experiment } from "../model/experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ScenarioStep, StepName } from "../model/steps.ts";
import type { Family, Protocol } from "../model/vocabulary.ts";

/**
 * The parts of a target that an experiment needs, each vouched for by controls: protocol and family of its endpoints,
 * multicast where it sends to a group, and traffic where it connects or sends.
 */
export function partsOf(experiment: Experiment): string[] {
  const { protocol, family } = experiment;
  const others =
    "scenario" in experiment
      ? experiment.scenario.steps.flatMap((step) => partsOfStep(step, experiment))
      : "first" in experiment
        ? [partOf(protocol, experiment.second.family)]
        : [];
  const parts = [...new Set([partOf(protocol, family), ...others])];
  const plain = parts.filter((part) => !part.endsWith(MULTICAST));
  return sends(experiment) ? [...parts, ...plain.map((part) => part + TRAFFIC)] : parts;
}

/** The parts that a control vouches for: its own, or only multicast where it sends to a group, or traffic where it sends. */
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

function partsOfStep(step: ScenarioStep, scenario: Scenario): string[] {
  if (!("address" in step)) return [];
  const { protocol = scenario.protocol, family = scenario.family, address } = step;
  const isToGroup = SENDING.has(step.do) && isMulticast(address);
  const groupFamily = address.includes(":") ? "ipv6" : "ipv4";
  const multicast = isToGroup ? [partOf(protocol, groupFamily) + MULTICAST] : [];
  return [partOf(protocol, family), ...multicast];
}

/** Whether IPV6_V6ONLY is on by itself or set is one to a control. */
function partOf(protocol: Protocol, family: Family): string {
  return `${protocol}/${family === "ipv6-as-made" ? "ipv6" : family}`;
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
