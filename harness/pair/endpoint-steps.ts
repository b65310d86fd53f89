import type { Program, Step, StepResult } from "../binder/protocol.ts";
import type { Endpoint, Family, Protocol } from "../experiments/experiment.ts";
import type { EndpointEvidence, Outcome, StepName } from "../observations/observation.ts";
import { isSameAddress } from "./same-address.ts";

/** Where an endpoint is to be bound, on this target and in this attempt. */
export interface Place {
  readonly protocol: Protocol;
  readonly family: Family;
  readonly address: string;
  readonly port: number;
}

/** What opening an endpoint came to. */
export interface Opened {
  readonly outcome: Outcome;
  readonly evidence: EndpointEvidence;
}

/** The steps that open an endpoint and read back what is in force. `options` are all that the target has. */
export function endpointSteps(
  endpoint: Pick<Endpoint, "options" | "state" | "api">,
  place: Place,
  socket: number,
  options: readonly string[],
): Program {
  if (endpoint.api === "node") return nodeSteps(endpoint.options, place, socket, options);
  const family = place.family === "ipv4" ? "ipv4" : "ipv6";
  const v6Only = place.family === "dual" ? 0 : 1;
  const isIpv6 = family === "ipv6";
  return [
    { do: "socket", socket, family, protocol: place.protocol },
    // Windows and Linux differ in the default, so it is always set.
    ...(isIpv6
      ? [{ do: "set-option", socket, option: "IPV6_V6ONLY", value: v6Only } as const]
      : []),
    ...endpoint.options.map((option) => ({ do: "set-option", socket, option, value: 1 }) as const),
    ...[...options, ...(isIpv6 ? ["IPV6_V6ONLY"] : [])].map(
      (option) => ({ do: "get-option", socket, option }) as const,
    ),
    { do: "bind", socket, family, address: place.address, port: place.port },
    ...(endpoint.state === "listening" ? [{ do: "listen", socket } as const] : []),
    { do: "local-address", socket },
  ];
}

/** A server by Node's own API, and what Node set on its socket unasked. */
function nodeSteps(
  nodeOptions: readonly string[],
  place: Place,
  socket: number,
  options: readonly string[],
): Program {
  return [
    { do: "open-node", socket, ...place, options: nodeOptions },
    ...options.map((option) => ({ do: "get-option", socket, option }) as const),
    { do: "local-address", socket },
  ];
}

/** Is the port free there? */
export function probeStep({ protocol, family, address, port }: Place): Step {
  const socketFamily = family === "ipv4" ? "ipv4" : "ipv6";
  return {
    do: "probe",
    family: socketFamily,
    v6Only: family === "dual" ? 0 : 1,
    protocol,
    address,
    port,
  };
}

/** What the results of `endpointSteps` say: how far the endpoint came, and what was in force. */
export function readOpened(steps: Program, results: readonly StepResult[], place: Place): Opened {
  const options: Record<string, number> = {};
  const last = results.at(-1);
  const failed = steps[results.length - 1];
  if (!last || !failed)
    return { outcome: broken("binder-babbled", "no result"), evidence: { options } };
  if (last.problem !== undefined)
    return { outcome: broken("binder-problem", last.problem), evidence: { options } };
  results.forEach(({ value }, index) => {
    const step = steps[index];
    if (step?.do === "get-option" && value !== undefined) options[step.option] = value;
  });
  if (last.errno !== undefined) return { outcome: refusal(failed.do, last), evidence: { options } };
  if (results.length < steps.length)
    return { outcome: broken("binder-babbled", "results are missing"), evidence: { options } };
  const name = `${last.address}:${last.port}`;
  const outcome = findUnstuck(steps, options, last, place) ?? { kind: "success" };
  return { outcome, evidence: { options, name } };
}

function refusal(step: Program[number]["do"], { errno = 0, code = "", call }: StepResult): Outcome {
  if (errno === 0)
    return broken("error-without-code", `${step} failed and the system gave no error`);
  const named: Readonly<Partial<Record<typeof step, StepName>>> = {
    socket: "socket",
    "set-option": "set-option",
    bind: "bind",
    listen: "listen",
  };
  const at = step === "open-node" ? nodeCall(call) : named[step];
  return at
    ? { kind: "error", step: at, code, errno }
    : broken("binder-problem", `${step} failed with ${code} (${errno})`);
}

/** Node tells the call that failed; what it finds out before any call counts as setting its options. */
function nodeCall(call: string | undefined): StepName {
  return call === "bind" || call === "listen" ? call : "set-option";
}

/** An option that was asked for must be on, every other off, and the name must be the one asked for. */
function findUnstuck(
  steps: Program,
  options: Readonly<Record<string, number>>,
  named: StepResult,
  place: Place,
): Outcome | null {
  const isNode = steps[0]?.do === "open-node";
  const asked = new Map<string, number>();
  for (const step of steps) if (step.do === "set-option") asked.set(step.option, step.value);
  for (const [option, value] of Object.entries(options))
    // What Node sets unasked is what is to be seen.
    if (!isNode && Boolean(value) !== Boolean(asked.get(option)))
      return broken(
        "option-did-not-stick",
        `${option} reads ${value}, asked for ${asked.get(option) ?? 0}`,
      );
  if (!isSameAddress(named.address ?? "", place.address) || named.port !== place.port)
    return broken(
      "address-did-not-stick",
      `the socket's name is ${named.address}:${named.port}, asked for ${place.address}:${place.port}`,
    );
  return null;
}

function broken(reason: Extract<Outcome, { kind: "broken" }>["reason"], detail: string): Outcome {
  return { kind: "broken", reason, detail };
}
