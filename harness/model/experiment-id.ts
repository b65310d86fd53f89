import type { Endpoint, EndpointPair } from "./experiment.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioStep } from "./steps.ts";

/**
 * The stable id of an experiment, made from its content alone, for example
 * `tcp/ipv4 SO_EXCLUSIVEADDRUSE@wildcard > SO_REUSEADDR@specific`.
 * Parts that are not the default stand in front of the protocol's partner or behind the endpoint.
 */
export function experimentId(experiment: Omit<EndpointPair, "id">): string {
  return firstPart(experiment) + secondPart(experiment);
}

/** What an id says of the first endpoint, and of both. */
export function firstPart({
  protocol,
  family,
  first,
  second,
}: Pick<EndpointPair, "protocol" | "family" | "first"> & {
  readonly second: Pick<Endpoint, "account">;
}): string {
  const account = second.account === "other" ? " other-account" : "";
  return `${protocol}/${family}${account} ${endpointLabel(first)}`;
}

/** What it says of the second one. */
export function secondPart({ family, second }: Pick<EndpointPair, "family" | "second">): string {
  const otherFamily = second.family === family ? "" : ` family=${second.family}`;
  return ` > ${endpointLabel(second)}${otherFamily}`;
}

/** The id of a scenario. */
export function scenarioId({ protocol, family, scenario }: Omit<Scenario, "id">): string {
  return `${protocol}/${family} scenario ${scenario.name}`;
}

/** A step of a scenario as results and reports call it: number from 1, who, what. */
export function stepLabel(step: ScenarioStep, index: number): string {
  return `${index + 1} ${step.by} ${step.do}`;
}

/** An endpoint as ids and tables show it: `SO_REUSEADDR@wildcard listening`. */
function endpointLabel(endpoint: Endpoint): string {
  let label = `${optionsLabel(endpoint.options)}@${endpoint.address}`;
  if (endpoint.state !== "bound") label += ` ${endpoint.state}`;
  if (endpoint.api !== "socket") label += ` api=${endpoint.api}`;
  if (endpoint.port) label += ` port=${endpoint.port}`;
  return label;
}

/** Options joined by `+`, or `none`. */
function optionsLabel(options: Endpoint["options"]): string {
  return options.length === 0 ? "none" : options.join("+");
}
