import type { Hello } from "../binder/protocol.ts";
import { readClaims } from "../claims/read-claims.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { findUnmet, type Need, type Offer } from "../experiments/requirements.ts";
import { createDocket } from "./docket.ts";

/** How many experiments of the package are skipped without something, as the end of a sentence. */
export type CountCost = (what: { readonly lacks: Need }) => string;

/** Counts on this machine, as its binder described it; null where none came up. Throws InputError. */
export async function createCostCounter(hello: Hello | null): Promise<CountCost> {
  if (hello === null) return () => "";
  const { claims } = await readClaims([]);
  const { experiments } = createDocket(claims, hello.platform, false);
  const whole = wholeOffer(hello);
  return ({ lacks }) => {
    const offer = without(whole, lacks);
    const count = experiments.filter(
      (each) => findUnmet(each, whole) === null && findUnmet(each, offer) !== null,
    ).length;
    return ` (without it ${count} of ${experiments.length} experiments are skipped)`;
  };
}

/** What this machine would offer if it lacked nothing. */
function wholeOffer({ addresses, platform, options, nodeOptions }: Hello): Offer {
  const { ipv4, ipv6, dual } = findAddresses(addresses, platform.implements);
  const complete = <Kinds extends object>(kinds: Kinds): Kinds => ({
    ...kinds,
    specific: "there",
    specific2: "there",
  });
  return {
    implements: platform.implements,
    options,
    nodeOptions,
    ownAddresses: addresses,
    addresses: { ipv4: complete(ipv4), ipv6: complete(ipv6), dual: complete(dual) },
    otherAccountProblem: null,
  };
}

function without(offer: Offer, need: Need): Offer {
  const { ipv4, ipv6, dual } = offer.addresses;
  const lacking: Readonly<Record<Need, Partial<Offer>>> = {
    "other-account": { otherAccountProblem: "there is none" },
    "ipv4-specific2": { addresses: { ipv4: { ...ipv4, specific2: null }, ipv6, dual } },
    "ipv6-specific2": {
      addresses: { ipv4, ipv6: { ...ipv6, specific2: null }, dual: { ...dual, specific2: null } },
    },
    ipv6: {
      addresses: { ipv4, ipv6: { ...ipv6, specific: null }, dual: { ...dual, specific: null } },
    },
  };
  return { ...offer, ...lacking[need] };
}
