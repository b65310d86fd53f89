import type { OpenNodeStep, OpenStep, Step, StepResult } from "../binder/protocol.ts";
import type { Endpoint } from "../model/experiment.ts";
import type { EndpointEvidence, Outcome } from "../model/observation.ts";
import { isSharingOption, parseSetting } from "../model/options/option-setting.ts";
import { exhausted, isExhaustion } from "./exhaustion.ts";
import { isSameAddress } from "./same-address.ts";
import { stepOutcome } from "./step-outcome.ts";
import { optionBytes } from "./option-bytes.ts";
import { addressFamily, type CallName, type Family, type Protocol } from "../model/vocabulary.ts";

/** Where an endpoint is to be bound, on this target and in this attempt. */
export interface BindAddress {
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

/**
 * The step that opens an endpoint and reads back what is in force, with the numbers that its options have on a system. One
 * that is to be connected is bound first. Throws where the system lacks an option.
 */
export function openStep(
  { options, state: wanted, api }: Pick<Endpoint, "options" | "state" | "api">,
  place: BindAddress,
  socket: number,
  system: string,
): OpenStep | OpenNodeStep {
  const state = wanted === "connected" ? "bound" : wanted;
  if (api === "node")
    return { do: "open-node", socket, ...place, family: addressFamily(place.family), options };
  const set = options.map((text) => (isSharingOption(text) ? text : optionBytes(text, system)));
  return { do: "open", socket, ...place, ...familyOf(place), options: set, state };
}

/** Is the port free there? */
export function probeStep(place: BindAddress): Step {
  return { do: "probe", ...place, ...familyOf(place) };
}

/** Windows and Linux differ in the default of IPV6_V6ONLY, so it is set unless that is what is to be seen. */
function familyOf({ family }: BindAddress): Pick<OpenStep, "family" | "v6Only"> {
  if (family === "ipv4") return { family };
  if (family === "ipv6-as-made") return { family: "ipv6" };
  return { family: "ipv6", v6Only: family === "dual" ? 0 : 1 };
}

/** What the result of `openStep` says: how far the endpoint came, and what was in force. */
export function readOpened(
  step: OpenStep | OpenNodeStep,
  result: StepResult | undefined,
  place: BindAddress,
  unreadable: readonly string[] = [],
): Opened {
  if (!result) return { outcome: broken("binder-babbled", "no result"), evidence: { options: {} } };
  const { options = {}, problem, errno, address, port } = result;
  if (problem !== undefined)
    return { outcome: broken("binder-problem", problem), evidence: { options } };
  if (errno !== undefined) return { outcome: refusal(step, result), evidence: { options } };
  if (address === undefined || port === undefined)
    return { outcome: broken("binder-babbled", "the result has no name"), evidence: { options } };
  const outcome = findUnstuck(step, options, { address, port }, { place, unreadable }) ?? {
    kind: "success",
  };
  return { outcome, evidence: { options, name: `${address}:${port}` } };
}

function refusal(step: OpenStep | OpenNodeStep, result: StepResult): Outcome {
  const { errno = 0, code = "", call = "" } = result;
  const at = OPENING.find((name) => name === call);
  if (at !== undefined) return stepOutcome(result, at);
  if (errno === 0)
    return broken("error-without-code", `${call || step.do} failed and the system gave no error`);
  if (isExhaustion(code)) return exhausted(call || step.do, code);
  // Node tells the call that failed; what it finds out before any call counts as binders its options.
  return step.do === "open-node"
    ? { kind: "error", step: "set-option", code, errno }
    : broken("binder-problem", `${call} failed with ${code} (${errno})`);
}

const OPENING: readonly CallName[] = ["socket", "set-option", "bind", "listen"];

/** An option that was asked for must be on, every other off, and the name must be the one asked for. */
function findUnstuck(
  step: OpenStep | OpenNodeStep,
  options: Readonly<Record<string, number>>,
  named: { readonly address: string; readonly port: number },
  { place, unreadable }: { readonly place: BindAddress; readonly unreadable: readonly string[] },
): Outcome | null {
  // What Node sets unasked is what is to be seen.
  const unstuck = step.do === "open" ? findUnstuckOption(step, options, unreadable) : null;
  if (unstuck !== null) return broken("option-did-not-stick", unstuck);
  // The system chooses where port 0 is asked for.
  const isPort = place.port === 0 ? named.port !== 0 : named.port === place.port;
  if (!isSameAddress(named.address, place.address) || !isPort)
    return broken(
      "address-did-not-stick",
      `the socket's name is ${named.address}:${named.port}, asked for ${place.address}:${place.port}`,
    );
  return null;
}

function findUnstuckOption(
  { options: asked, v6Only }: OpenStep,
  options: Readonly<Record<string, number>>,
  unreadable: readonly string[],
): string | null {
  for (const option of asked)
    if (typeof option === "string" && !(option in options) && !unreadable.includes(option))
      return `${option} was set and cannot be read back`;
  for (const option in options) {
    const value = options[option];
    const wanted = wantedValue(option, asked, v6Only);
    if (wanted !== null && Boolean(value) !== Boolean(wanted))
      return `${option} reads ${value}, asked for ${wanted}`;
  }
  return null;
}

/** What an option has to read as: on or off; null where systems change what is set, or where it is left to them. */
function wantedValue(
  option: string,
  asked: OpenStep["options"],
  v6Only: OpenStep["v6Only"],
): number | null {
  if (option === "IPV6_V6ONLY") return v6Only ?? null;
  if (isSharingOption(option)) return Number(asked.includes(option));
  const setting = parseSetting(option);
  if (setting?.option.type === "boolean") return Number(setting.value);
  // Of the name of an interface a binder tells whether it is the one that was set.
  return setting?.option.type === "ifname" ? 1 : null;
}

function broken(reason: Extract<Outcome, { kind: "broken" }>["reason"], detail: string): Outcome {
  return { kind: "broken", reason, detail };
}
