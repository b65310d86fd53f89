import { readClaims, readControls, type ClaimSet } from "../claims/read-claims.ts";
import { isNamed, selectClaims } from "../claims/select.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { Selection } from "../model/selection.ts";
import { findKnown } from "../verdicts/find-known.ts";
import { createMeasurePlanner } from "../verdicts/measure-plan.ts";
import { keepClaims } from "./keep-observations.ts";
import type { Strategy } from "./plan-session.ts";

/**
 * The claims of a selection, to be judged with known deviations in mind: `known` names files or folders of them, or is
 * `none`. Throws InputError when the case files or the known deviations are wrong.
 */
export async function claimsOfDocuments(
  selection: Selection,
  known: readonly string[],
  confirm: number,
): Promise<Strategy> {
  const deviations = await findKnown(known);
  const claimSet = await readClaims(selection.files, selection.document);
  const claims = selectClaims(claimSet, selection);
  return {
    claims,
    known: deviations,
    documents: documentsOf(claimSet, selection, claims),
    plannerFor: async (leftOut) =>
      createMeasurePlanner(
        leftOut.size === 0 ? claims : claims.filter(({ experiment: { id } }) => !leftOut.has(id)),
        await readControls(),
        isNamed(selection),
      ),
    keep: keepClaims(claims, isNamed(selection), confirm),
  };
}

function documentsOf(
  claimSet: ClaimSet,
  selection: Selection,
  claims: readonly Claim[],
): Document[] {
  const whole =
    selection.shard === null ? claims : selectClaims(claimSet, { ...selection, shard: null });
  const selected = new Set(whole.map(({ document }) => document));
  return claimSet.documents.filter((document) => selected.has(document));
}
