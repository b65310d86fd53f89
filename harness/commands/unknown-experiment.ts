import { InputError } from "../model/problem.ts";
import type { Claim } from "../model/claim.ts";
import { nearMatches } from "./near-matches.ts";

/** What is said of an id that no claim has, with those that are most like it. */
export function unknownExperiment(id: string, claims: readonly Claim[]): InputError {
  const near = nearMatches(
    id,
    claims.map(({ experiment }) => experiment.id),
  );
  const help = near.length > 0 ? `near: ${near.map((each) => `'${each}'`).join(", ")}; all` : "all";
  return new InputError([`there is no experiment '${id}' (${help}: bindcheck list)`]);
}
