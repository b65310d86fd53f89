import { readControls } from "../claims/read-claims.ts";
import { createExplorePlanner } from "../explored/explore-plan.ts";
import { refuseUnmatched } from "../explored/selected-pairs.ts";
import type { Selection } from "../model/selection.ts";
import { keepPairs } from "./keep-observations.ts";
import type { Strategy } from "./plan-session.ts";

/** Every pair of endpoints of a selection, about which nothing is said. Throws InputError when there is none. */
export function everyPairOf(selection: Selection, confirm: number): Strategy {
  refuseUnmatched(selection);
  return {
    claims: [],
    known: [],
    documents: [],
    plannerFor: async (leftOut) => createExplorePlanner(selection, await readControls(), leftOut),
    keep: keepPairs(selection, confirm),
  };
}
