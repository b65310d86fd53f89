import type { Claim } from "../model/claim.ts";
import { nearMatches } from "../model/near-matches.ts";
import { InputError } from "../model/problem.ts";

/** The error for an id that no claim has, with the ids nearest to it. */
export function unknownExperiment(id: string, claims: readonly Claim[]): InputError {
  const near = nearMatches(
    id,
    claims.map(({ experiment }) => experiment.id),
  );
  const help =
    near.length > 0 ? `did you mean ${near.map((each) => `'${each}'`).join(" or ")}? all` : "all";
  return new InputError([`there is no experiment '${id}' (${help}: bindcheck list)`]);
}
