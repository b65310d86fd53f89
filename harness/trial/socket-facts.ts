import type { Outcome } from "../model/observation.ts";
import { SOCKET_OPTIONS, optionNumber } from "../model/options/option-table.ts";
import { GROUP_OPTIONS, type GroupStepName, type ScenarioStep } from "../model/steps.ts";
import { addressFamily } from "../model/vocabulary.ts";
import { call } from "./call.ts";
import { optionBytes } from "./option-bytes.ts";
import { MOST_OF_A_VALUE, valueText } from "./option-value.ts";
import { isSameAddress } from "./same-address.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";
import { stepOutcome } from "./step-outcome.ts";

type StepOf<Name extends ScenarioStep["do"]> = Extract<ScenarioStep, { do: Name }>;

/** Sets any option of the table. Throws BinderLost. */
export function setOption(step: StepOf<"set-option">, sockets: ScenarioSockets): Promise<Outcome> {
  const { level, number, hex } = optionBytes(`${step.option}=${step.value}`, sockets.trial.system);
  return call(step, sockets, (socket) => ({ do: "set-bytes", socket, level, number, hex }));
}

/** Reads any option of the table. Throws BinderLost. */
export async function getOption(
  { socket: name, option: asked }: StepOf<"get-option">,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const { option, at } = optionOf(asked, sockets);
  const { by, socket } = sockets.ownerOf(name);
  const request = { do: "get-option", socket, ...at, size: MOST_OF_A_VALUE } as const;
  const [result] = await sockets.ask(by, [request]);
  const outcome = stepOutcome(result, "get-option");
  if (outcome.kind !== "success") return outcome;
  const { bytes = "", length = 0 } = result ?? {};
  return { kind: "value", value: valueText(option, bytes, sockets.trial.system), size: length };
}

/** Joins or leaves a group, or lets a source of it through or not, on the loopback interface. Throws BinderLost. */
export function changeGroup(
  step: StepOf<GroupStepName>,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const family = step.group.includes(":") ? "ipv6" : "ipv4";
  const { number } = optionOf(GROUP_OPTIONS[step.do][family], sockets).at;
  // Options of RFC 3678 are there at both levels.
  const { level } = optionOf(GROUP_OPTIONS["join-group"][family], sockets).at;
  const source = "source" in step ? { source: step.source } : {};
  const { group } = step;
  return call(step, sockets, (socket) => ({
    do: "set-group",
    socket,
    family,
    group,
    ...source,
    level,
    number,
  }));
}

function optionOf(name: string, { trial: { system, experiment } }: ScenarioSockets) {
  const option = SOCKET_OPTIONS.get(name);
  const at = option ? optionNumber(option, system) : null;
  if (!option || !at) throw new Error(`${experiment.id}: ${system} has no ${name}`);
  return { option, at };
}

/** Reads what a socket is called. Addresses and ports of the scenario are given as its words. Throws BinderLost. */
export async function localAddress(
  step: StepOf<"local-address">,
  sockets: ScenarioSockets,
): Promise<Outcome> {
  const { by, socket, family } = sockets.ownerOf(step.socket);
  const [result] = await sockets.ask(by, [{ do: "local-address", socket }]);
  const outcome = stepOutcome(result, "local-address");
  if (outcome.kind !== "success") return outcome;
  const { address, port, length } = result ?? {};
  if (address === undefined || port === undefined || length === undefined)
    return {
      kind: "broken",
      reason: "binder-babbled",
      detail: "the result has no name with its length",
    };
  const { addresses } = sockets.trial;
  const words = Object.entries(addresses[addressFamily(family)]);
  const word = words.find(([, own]) => own !== null && isSameAddress(own, address))?.[0];
  const value = `${word ?? address.split("%")[0]}:${portWord(port, sockets)}`;
  return { kind: "value", value, size: length };
}

function portWord(port: number, { trial }: ScenarioSockets): string {
  if (port === trial.port) return "same";
  if (port === trial.otherPort()) return "other";
  const isWritten = trial.experiment.scenario.steps.some(
    (step) => "port" in step && step.port === port,
  );
  return port === 0 || isWritten ? String(port) : "auto";
}
