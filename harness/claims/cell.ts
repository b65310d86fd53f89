import { parseOptionSet } from "../model/options/option-setting.ts";
import type { CaseEndpoint, CasePair } from "../cases/schema.ts";
import type { Endpoint } from "../model/experiment.ts";
import type { Claim } from "../model/claim.ts";
import type { Family } from "../model/vocabulary.ts";

/** One thing that a case file says, before the matrix says for which protocols and families. */
export interface Cell extends Pick<Claim, "source" | "expect" | "allowed"> {
  readonly first: CellEndpoint;
  readonly second: CellEndpoint;
}

/** An endpoint whose family may be left to the matrix. */
export type CellEndpoint = Omit<Endpoint, "family"> & { readonly family?: Family | undefined };

/** The endpoints that an entry stands for: one for each of its alternatives. */
export function endpointsOf(
  entry: CaseEndpoint | CasePair["first"],
  account: Endpoint["account"],
  otherwise = "none",
): CellEndpoint[] {
  const { options = otherwise } = entry;
  return [options].flat().map((set) => ({
    options: parseOptionSet(set),
    family: entry.family,
    address: entry.address,
    account,
    api: entry.api ?? "socket",
    state: entry.state ?? "bound",
    ...(entry.port ? { port: entry.port } : {}),
  }));
}
