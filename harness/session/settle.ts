import type { Claim } from "../model/claim.ts";
import { createPairSelector } from "../explored/selected-pairs.ts";
import { experimentId } from "../model/experiment-id.ts";
import type { Outcome } from "../model/observation.ts";
import type { Selection } from "../model/selection.ts";
import type { ObservationLine } from "../results/line.ts";
import { createDocket } from "../verdicts/docket.ts";
import type { Settle } from "./read-resumption.ts";

/**
 * For a run: an observation stays if its experiment is still that of the case files and it is as sure as `confirm`
 * wants; what contradicts a claim must have been repeated so often.
 */
export function settleClaims(claims: readonly Claim[], isNamed: boolean, confirm: number): Settle {
  return (platform) => {
    const docket = createDocket(claims, platform, isNamed);
    const asked = new Map(docket.experiments.map((each) => [each.id, JSON.stringify(each)]));
    return ({ experiment, outcome, steps, attempts }) => {
      const own = asked.get(experiment.id);
      if (own === undefined) return "unasked";
      const isSure = attempts > confirm || !docket.isContradicting(experiment.id, outcome, steps);
      return isSure && own === JSON.stringify(experiment) && isDecided(outcome)
        ? "settled"
        : "again";
    };
  };
}

/** For an exploration, which repeats everything. */
export function settlePairs(selection: Selection, confirm: number): Settle {
  return (platform) => {
    const isSelected = createPairSelector(platform.implements, selection);
    return ({ experiment, outcome, attempts }: ObservationLine) => {
      if ("scenario" in experiment || experimentId(experiment) !== experiment.id) return "unasked";
      if (!isSelected(experiment)) return "unasked";
      const isSure = attempts > confirm || outcome.kind === "skipped" || outcome.kind === "broken";
      return isSure && isDecided(outcome) ? "settled" : "again";
    };
  };
}

/** The same, but what is not to be measured again stays, however sure it is. */
export function settleExcepted(except: ReadonlySet<string>, settle: Settle): Settle {
  return (platform) => {
    const settlementOf = settle(platform);
    return (line) => {
      const settlement = settlementOf(line);
      return settlement === "again" && except.has(line.experiment.id) ? "settled" : settlement;
    };
  };
}

/** What is broken tells nothing of the system, but for a first endpoint that it refused on three ports. */
function isDecided(outcome: Outcome): boolean {
  return outcome.kind !== "broken" || outcome.reason === "first-bind-refused";
}
