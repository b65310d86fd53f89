import { readControls } from "../claims/read-claims.ts";
import { createExplorePlanner } from "../explored/explore-plan.ts";
import { selectedPairs } from "../explored/selected-pairs.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import { keepPairs } from "./keep-observations.ts";
import type { Strategy } from "./plan-session.ts";

/** Every pair of endpoints of a selection, about which nothing is said. Throws InputError when there is none. */
export function everyPairOf(selection: Selection, confirm: number): Strategy {
  refuseEmpty(selection);
  return {
    claims: [],
    known: [],
    documents: [],
    plannerFor: async (leftOut) => createExplorePlanner(selection, await readControls(), leftOut),
    keep: keepPairs(selection, confirm),
  };
}

// One of them has the options of every platform.
const PLATFORMS = ["windows", "linux"];

function refuseEmpty(selection: Selection): void {
  const isAny = PLATFORMS.some((platform) => {
    const pairs = selectedPairs(platform, selection, new Set());
    return pairs[Symbol.iterator]().next().done !== true;
  });
  if (isAny) return;
  throw new InputError([
    "the selection matches nothing: widen --filter, --protocol or --family (ids are as in 'bindcheck list')",
  ]);
}
