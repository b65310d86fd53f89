import { availableParallelism } from "node:os";
import { InputError } from "../model/problem.ts";
import { readControls } from "../claims/read-claims.ts";
import { createExplorePlanner } from "../explored/explore-plan.ts";
import { selectedPairs } from "../explored/selected-pairs.ts";
import type { Selection } from "../model/selection.ts";
import { chooseTargets, withFleet } from "./choose-targets.ts";
import { parseMeasureOptions, parseSelection } from "./options.ts";
import type { SessionOptions, SessionPlan } from "./plan-session.ts";
import { parseRequired } from "./required.ts";
import { readIds } from "./read-ids.ts";
import { readResumption } from "./read-resumption.ts";
import { settleExcepted, settlePairs } from "./settle.ts";

/** What an exploration is asked for, its outputs aside: there are no documents. */
export type ExplorationOptions = Omit<SessionOptions, "document" | "known">;

/** What an exploration is going to do. Throws InputError when the options are wrong. */
export async function planExploration(
  given: ExplorationOptions,
  say: (sentence: string) => void,
): Promise<SessionPlan> {
  const { runners, selects } = await chooseTargets(given.on, given.config);
  const { options } = withFleet([], { ...given, document: [] }, selects);
  const selection: Selection = {
    ...parseSelection([], { ...options, document: [] }),
    explores: true,
  };
  const require = await parseRequired(options.require, runners);
  const measureOptions = { ...parseMeasureOptions(options, availableParallelism()), require };
  refuseEmpty(selection);
  const except = options.except === undefined ? new Set<string>() : readIds(options.except);
  return {
    runners,
    selection,
    measureOptions,
    known: [],
    claims: [],
    except,
    documents: [],
    plannerFor: async (settled) =>
      createExplorePlanner(selection, await readControls(), {
        has: (id) => settled.has(id) || except.has(id),
      }),
    resumption: await readResumption(
      options.resume,
      selection,
      runners.map(({ name }) => name),
      settleExcepted(except, settlePairs(selection, measureOptions.confirm)),
      say,
    ),
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
