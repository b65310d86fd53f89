import { firstPart, secondPart } from "../model/experiment-id.ts";
import type { Endpoint, EndpointPair } from "../model/experiment.ts";
import { groupBy } from "../model/group-by.ts";
import { parseSetting } from "../model/options/option-setting.ts";
import { optionNumber } from "../model/options/option-table.ts";
import {
  ACCOUNTS,
  ADDRESS_FAMILIES,
  ADDRESS_KINDS,
  PROTOCOLS,
  STATES,
  type AddressFamily,
  addressFamily,
  type AddressKind,
  type EndpointState,
  type Family,
  type OptionText,
  OWN_SYSTEMS,
  type PlatformName,
  type Protocol,
} from "../model/vocabulary.ts";

/** What the experiments of one table have in common; only their options and addresses differ. */
export interface PairPart {
  readonly protocol: Protocol;
  readonly account: Endpoint["account"];
  readonly first: EndpointSort;
  readonly second: EndpointSort;
}

/** Family and state of an endpoint. */
export interface EndpointSort {
  readonly family: Family;
  readonly state: EndpointState;
}

/** Every part, in the order of reading. A datagram socket does not listen, so there is no such endpoint. */
export function everyPart(): PairPart[] {
  return PROTOCOLS.flatMap((protocol) => {
    const sorts = ADDRESS_FAMILIES.flatMap((family) =>
      STATES_OF[protocol].map((state): EndpointSort => ({ family, state })),
    );
    return ACCOUNTS.flatMap((account) =>
      sorts.flatMap((first) => sorts.map((second) => ({ protocol, account, first, second }))),
    );
  });
}

/** Every set of options on every kind of address that a family has, on a platform. */
export function everySeat(
  family: Family,
  platform: string,
  more: readonly OptionText[],
): Pick<Endpoint, "options" | "address">[] {
  return optionSets(platform, more).flatMap((options) =>
    ADDRESSES[addressFamily(family)].map((address) => ({ options, address })),
  );
}

/**
 * Every experiment of two endpoints that make the system's own calls, one after the other. They are many, and what is read
 * is often their ids alone: an endpoint and its part of the id are made once for all experiments of a part. `more` are options
 * that are combined beside those that share a port.
 */
export function* everyPair(
  platform: string,
  more: readonly OptionText[] = [],
): Generator<EndpointPair> {
  for (const part of everyPart()) {
    const { protocol, account } = part;
    const { family } = part.first;
    const seconds = everySeat(part.second.family, platform, more).map((seat) => {
      const second = { ...part.second, ...seat, account, api: "socket" } as const;
      return { second, text: secondPart({ family, second }) };
    });
    for (const seat of everySeat(family, platform, more)) {
      const first = { ...part.first, ...seat, account: "same", api: "socket" } as const;
      const text = firstPart({ protocol, family, first, second: { account } });
      for (const { second, text: rest } of seconds)
        yield { id: text + rest, protocol, family, first, second };
    }
  }
}

/** Systems, no two of which have the same experiments: what any system has, one of them has. */
export function systemsApart(more: readonly OptionText[] = []): PlatformName[] {
  const bySets = groupBy(OWN_SYSTEMS, (system) => JSON.stringify(optionSets(system, more)));
  return [...bySets.values()].flatMap(([system]) => system ?? []);
}

/** Whether a system has the option of a setting. */
export function hasSetting(text: OptionText, platform: string): boolean {
  const setting = parseSetting(text);
  return setting !== null && optionNumber(setting.option, platform) !== null;
}

const STATES_OF: Readonly<Record<Protocol, readonly EndpointState[]>> = {
  tcp: STATES,
  udp: ["bound", "connected"],
};

/** Most options that can be combined besides: each makes four times as many experiments. */
export const MOST_WITH = 3;

// Only a socket with IPV6_V6ONLY off takes a mapped address (RFC 3493, 5.3).
const UNMAPPED = ["wildcard", "specific", "specific2"] as const;
const ADDRESSES: Readonly<Record<AddressFamily, readonly AddressKind[]>> = {
  ipv4: UNMAPPED,
  ipv6: UNMAPPED,
  dual: ADDRESS_KINDS,
};

/** Every set of the options of a platform; Windows has no SO_REUSEPORT, the others no exclusive use. */
function optionSets(platform: string, more: readonly OptionText[]): (readonly OptionText[])[] {
  const [one, other]: readonly [OptionText, OptionText] =
    platform === "windows"
      ? ["SO_EXCLUSIVEADDRUSE", "SO_REUSEADDR"]
      : ["SO_REUSEADDR", "SO_REUSEPORT"];
  return [one, other, ...more.filter((text) => hasSetting(text, platform))].reduce<
    (readonly OptionText[])[]
  >((sets, option) => [...sets, ...sets.map((set) => [...set, option])], [[]]);
}
