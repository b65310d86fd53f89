import { isAddressKind } from "../model/vocabulary.ts";
import { experimentId } from "../model/experiment-id.ts";
import type { Endpoint, EndpointPair } from "../model/experiment.ts";
import type { Scenario } from "../model/scenario.ts";
import type { ScenarioStep } from "../model/steps.ts";

type Opening = Extract<ScenarioStep, { do: "open" }>;

/**
 * The id of the two endpoints that a scenario's step amounts to: it opens a socket while exactly one other is open. Null
 * where it does not, or where what came before can matter. `withState` tells a listening holder from a bound one.
 */
export function pairInScenario(
  { protocol, family, scenario: { steps } }: Scenario,
  index: number,
  withState: boolean,
): string | null {
  const second = steps[index];
  const earlier = steps.slice(0, index);
  if (second?.do !== "open" || !earlier.every(isPlain)) return null;
  const open = earlier.filter((step) => step.do === "open" && isOpenAt(step, steps, index));
  const [first, ...others] = open.filter((step): step is Opening => step.do === "open");
  // Whether an observed one succeeded is not known here.
  if (!first || others.length > 0 || first.observe || first.port !== second.port) return null;
  if (second.port === "auto") return null;
  // TCP and UDP do not share their ports.
  if ([first, second].some((step) => (step.protocol ?? protocol) !== protocol)) return null;
  const [one, two] = [first, second].map((step) => endpointOf(step, family, withState));
  if (!one || !two || one.account === "other") return null;
  const content: Omit<EndpointPair, "id"> = {
    protocol,
    family: one.family,
    first: one,
    second: two,
  };
  return experimentId(content);
}

function isPlain({ do: name }: ScenarioStep): boolean {
  return name === "open" || name === "close" || name === "wait";
}

/** A socket that no later step names is closed at once, unless it is kept. */
function isOpenAt(
  { socket, keep }: Opening,
  steps: readonly ScenarioStep[],
  index: number,
): boolean {
  const naming = steps.flatMap((step, at) => (isNaming(step, socket) ? [at] : []));
  const closed = steps.findIndex((step) => step.do === "close" && step.socket === socket);
  return (keep === true || naming.length > 1) && (closed === -1 || closed > index);
}

function isNaming(step: ScenarioStep, socket: string): boolean {
  return step.do === "census"
    ? step.among.includes(socket)
    : "socket" in step && step.socket === socket;
}

function endpointOf(
  step: Opening,
  family: Scenario["family"],
  withState: boolean,
): Endpoint | null {
  const { options, address, state, by } = step;
  if (!isAddressKind(address)) return null;
  return {
    family: step.family ?? family,
    options,
    address,
    account: by === "other" ? "other" : "same",
    api: "socket",
    state: withState ? state : "bound",
  };
}
