import type { OwnAddress } from "../binder/protocol.ts";
import { LOOPBACK_BROADCAST, isMulticast, isOnlyBound } from "../model/address.ts";
import type { Outcome } from "../model/observation.ts";
import type { FamilyAddresses } from "../model/platform.ts";
import type { Endpoint, Experiment } from "../model/experiment.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import { SOCKET_OPTIONS, optionNumber } from "../model/options/option-table.ts";
import { isSharingOption, parseSetting } from "../model/options/option-setting.ts";
import { GROUP_OPTIONS, type ScenarioStep } from "../model/steps.ts";
import type { Scenario } from "../model/scenario.ts";
import {
  addressFamily,
  isAddressKind,
  type AddressFamily,
  type Family,
} from "../model/vocabulary.ts";

/** What a target has to offer. */
export interface Offer {
  /** Platform whose socket calls it offers, such as `windows`. */
  readonly implements: string;
  readonly options: readonly string[];
  /** Options of Node's own API. */
  readonly nodeOptions: readonly string[];
  readonly addresses: Readonly<Record<AddressFamily, FamilyAddresses>>;
  /** Every address of its interfaces. */
  readonly ownAddresses: readonly OwnAddress[];
  /** Why no second account can be used; null when one can. */
  readonly otherAccountProblem: string | null;
}

/** What a run may count on at a target, by the names of `--require`. */
export const NEEDS = ["other-account", "ipv4-specific2", "ipv6", "ipv6-specific2"] as const;
export type Need = (typeof NEEDS)[number];

/** Whether a text names something that a run may count on. */
export function isNeed(text: string): text is Need {
  return NEEDS.some((need) => need === text);
}

/** What of the needs a target lacks, with what fixes it; null when it has all. */
export function findLacking(needs: readonly Need[], offer: Offer): string | null {
  const { ipv4, ipv6 } = offer.addresses;
  const problems: Readonly<Record<Need, string | null>> = {
    "other-account": offer.otherAccountProblem,
    "ipv4-specific2": ipv4.specific2 === null ? addressMend("ipv4", offer.implements) : null,
    ipv6: ipv6.specific === null ? "there is no IPv6 loopback address ::1" : null,
    "ipv6-specific2": ipv6.specific2 === null ? addressMend("ipv6", offer.implements) : null,
  };
  const lacking = needs.flatMap((need) =>
    problems[need] === null ? [] : [`${need} (${problems[need]})`],
  );
  return lacking.length === 0 ? null : lacking.join(", ");
}

type Skipped = Extract<Outcome, { kind: "skipped" }>;

/** Why an experiment cannot be done with what the target offers, with what helps; null when it can. */
export function findUnmet(experiment: Experiment, offer: Offer): Skipped | null {
  if ("scenario" in experiment) return findUnmetScenario(experiment, offer);
  if ("option" in experiment) return findUnmetOption(experiment, offer);
  if (experiment.second.account === "other" && offer.otherAccountProblem !== null)
    return skipped("needs-privilege", offer.otherAccountProblem);
  return findUnmetEndpoint(experiment.first, offer) ?? findUnmetEndpoint(experiment.second, offer);
}

function findUnmetOption({ family, option }: OptionExperiment, offer: Offer): Skipped | null {
  const known = SOCKET_OPTIONS.get(option);
  if (!known || optionNumber(known, offer.implements) === null)
    return skipped("option-not-on-platform", `${offer.implements} has no ${option}`);
  return findUnmetEndpoint({ family, options: [], address: "specific", api: "socket" }, offer);
}

function findUnmetScenario({ family, scenario }: Scenario, offer: Offer): Skipped | null {
  const { otherAccountProblem } = offer;
  if (otherAccountProblem !== null && scenario.steps.some(({ by }) => by === "other"))
    return skipped("needs-privilege", otherAccountProblem);
  for (const step of scenario.steps) {
    const options = "options" in step ? (step.options ?? []) : [];
    const address = "address" in step ? step.address : "wildcard";
    const own = "family" in step ? (step.family ?? family) : family;
    const unmet = isAddressKind(address)
      ? findUnmetEndpoint({ family: own, options, address, api: "socket" }, offer)
      : (findUnmetEndpoint({ family: own, options, address: "wildcard", api: "socket" }, offer) ??
        findUnmetAddress(address, step.do === "open" || step.do === "bind", offer));
    if (unmet) return unmet;
    const option = optionOf(step);
    if (option !== null && !hasOption(option, offer))
      return skipped("option-not-on-platform", `${offer.implements} has no ${option}`);
  }
  return null;
}

/** The option that a step is about, beside those of the sockets that it makes; null where it is about none. */
function optionOf(step: ScenarioStep): string | null {
  if ("option" in step) return step.option;
  if (!("group" in step)) return null;
  return GROUP_OPTIONS[step.do][step.group.includes(":") ? "ipv6" : "ipv4"];
}

/** Whether the target has an option, written with or without a value. */
function hasOption(text: string, { options, implements: system }: Offer): boolean {
  if (isSharingOption(text)) return options.includes(text);
  const setting = parseSetting(text);
  return setting !== null && optionNumber(setting.option, system) !== null;
}

function findUnmetAddress(
  address: string,
  isBound: boolean,
  { ownAddresses }: Offer,
): Skipped | null {
  const [text = "", zone] = address.split("%");
  // Nothing is ever sent to an address that is not this machine's.
  if (isBound && isOnlyBound(address)) {
    const isNamed = zone !== undefined && !/^\d+$/.test(zone);
    return isNamed && !ownAddresses.some((own) => own.interface === zone)
      ? skipped("needs-address", `the target has no interface ${zone} with an address`)
      : null;
  }
  // Datagrams to a group are kept on the loopback interface.
  if (isMulticast(address) || address === LOOPBACK_BROADCAST) return null;
  const isIn = (own: OwnAddress) =>
    zone === undefined || own.interface === zone || String(own.zone) === zone;
  if (ownAddresses.some((own) => own.address === text && isIn(own))) return null;
  return skipped("needs-address", `the target has no address ${address}`);
}

function findUnmetEndpoint(
  { family, options, address, api }: Pick<Endpoint, "family" | "options" | "address" | "api">,
  offer: Offer,
): Skipped | null {
  const addresses = offer.addresses[addressFamily(family)];
  if (family !== "ipv4" && addresses.specific === null)
    return skipped("no-ipv6", "the target has no IPv6 loopback address ::1");
  const isNode = api === "node";
  const missing = options.find((option) =>
    isNode ? !offer.nodeOptions.includes(option) : !hasOption(option, offer),
  );
  if (missing !== undefined)
    return skipped(
      "option-not-on-platform",
      `${isNode ? "this Node" : offer.implements} has no ${missing}`,
    );
  if (addresses[address] === null)
    return skipped(
      family === "ipv4" ? "needs-second-ipv4-address" : "needs-second-ipv6-address",
      addressMend(family, offer.implements),
    );
  return null;
}

/** The command that gives a system its second address of a family. */
export function addressMend(family: Family, platform: string): string {
  const commands = family === "ipv4" ? ADD_IPV4 : ADD_IPV6;
  return commands[platform] ?? `add a second ${family === "ipv4" ? "IPv4" : "IPv6"} address`;
}

function skipped(reason: Skipped["reason"], detail: string): Skipped {
  return { kind: "skipped", reason, detail };
}

const ADD_IPV4: Readonly<Record<string, string>> = {
  macos: "add one: sudo ifconfig lo0 alias 127.0.0.2",
  freebsd: "add one: ifconfig lo0 alias 127.0.0.2/32",
  openbsd: "add one: ifconfig lo0 alias 127.0.0.2/32",
};

// fd00::/8 is for local use (RFC 4193); /128 on the loopback interface reaches no other machine.
const ADD_IPV6: Readonly<Record<string, string>> = {
  linux: "add one: sudo ip -6 addr add fd00:b1d::2/128 dev lo",
  windows:
    'add one, in an administrator\'s prompt: netsh interface ipv6 add address "Loopback Pseudo-Interface 1" fd00:b1d::2/128 store=active',
  macos: "add one: sudo ifconfig lo0 inet6 fd00:b1d::2 prefixlen 128 alias",
  freebsd: "add one: ifconfig lo0 inet6 fd00:b1d::2/128 alias",
  openbsd: "add one: ifconfig lo0 inet6 fd00:b1d::2/128 alias",
};
