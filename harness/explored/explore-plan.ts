import type { Claim } from "../model/claim.ts";
import type { MeasurePlan } from "../measure/measure-target.ts";
import type { Platform } from "../model/platform.ts";
import type { Selection } from "../model/selection.ts";
import { planWithControls } from "../verdicts/measure-plan.ts";
import { selectedPairs } from "./selected-pairs.ts";

/** Every experiment of a selection except those of some ids; each is repeated, since no claim tells what to doubt. */
export function createExplorePlanner(
  selection: Selection,
  controls: readonly Claim[],
  except: Pick<ReadonlySet<string>, "has">,
): (platform: Platform) => MeasurePlan {
  return (platform) => ({
    ...planWithControls(selectedPairs(platform.implements, selection, except), controls),
    isDoubtful: () => true,
  });
}
