import type { Outcome } from "../observations/observation.ts";
import type { FamilyAddresses } from "../results/line.ts";
import type { Endpoint, Experiment, Family } from "./experiment.ts";

/** What a target has to offer. */
export interface Offer {
  /** Platform whose socket calls it offers, such as `windows`. */
  readonly implements: string;
  readonly options: readonly string[];
  readonly addresses: Readonly<Record<Family, FamilyAddresses>>;
  /** Why no second account can be used; null when one can. */
  readonly otherAccountProblem: string | null;
}

type Skipped = Extract<Outcome, { kind: "skipped" }>;

/** Why an experiment cannot be done with what the target offers, with what mends it; null when it can. */
export function findUnmet(experiment: Experiment, offer: Offer): Skipped | null {
  if (experiment.second.account === "other" && offer.otherAccountProblem !== null)
    return skipped("needs-privilege", offer.otherAccountProblem);
  return findUnmetEndpoint(experiment.first, offer) ?? findUnmetEndpoint(experiment.second, offer);
}

function findUnmetEndpoint({ family, options, address }: Endpoint, offer: Offer): Skipped | null {
  const addresses = offer.addresses[family];
  if (family !== "ipv4" && addresses.specific === null)
    return skipped("no-ipv6", "the target has no IPv6 loopback address ::1");
  const missing = options.find((option) => !offer.options.includes(option));
  if (missing !== undefined)
    return skipped("option-not-on-platform", `${offer.implements} has no ${missing}`);
  if (addresses[address] === null)
    return family === "ipv4"
      ? skipped(
          "needs-second-ipv4-address",
          ADD_IPV4[offer.implements] ?? "add a second IPv4 address",
        )
      : skipped(
          "needs-second-ipv6-address",
          ADD_IPV6[offer.implements] ?? "add a second IPv6 address",
        );
  return null;
}

function skipped(reason: Skipped["reason"], detail: string): Skipped {
  return { kind: "skipped", reason, detail };
}

const ADD_IPV4: Readonly<Record<string, string>> = {
  macos: "add one: sudo ifconfig lo0 alias 127.0.0.2",
  freebsd: "add one: ifconfig lo0 alias 127.0.0.2/32",
  openbsd: "add one: ifconfig lo0 alias 127.0.0.2/32",
};

// fd00::/8 is for local use (RFC 4193); /128 on the loopback interface reaches nobody.
const ADD_IPV6: Readonly<Record<string, string>> = {
  linux: "add one: sudo ip -6 addr add fd00:b1d::2/128 dev lo",
  windows:
    'add one: netsh interface ipv6 add address "Loopback Pseudo-Interface 1" fd00:b1d::2/128',
  macos: "add one: sudo ifconfig lo0 inet6 fd00:b1d::2 prefixlen 128 alias",
  freebsd: "add one: ifconfig lo0 inet6 fd00:b1d::2/128 alias",
  openbsd: "add one: ifconfig lo0 inet6 fd00:b1d::2/128 alias",
};
