import type { Claim } from "../model/claim.ts";
import { createPairSelector } from "../explored/selected-pairs.ts";
import { experimentId } from "../model/experiment-id.ts";
import type { EndpointPair } from "../model/experiment.ts";
import { optionExperimentId, type OptionExperiment } from "../model/option-experiment.ts";
import type { Outcome } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import type { Selection } from "../model/selection.ts";
import type { ObservationLine } from "../results/line.ts";
import { createDocket } from "../verdicts/docket.ts";

/** What happens to an observation of an earlier, unfinished session: it stays, is made again, or is no longer asked for. */
type Fate = "kept" | "repeated" | "unasked";

/** Decides it for the observations on a platform. */
export type Keep = (platform: Platform) => (observation: ObservationLine) => Fate;

/**
 * For a run: an observation stays if its experiment is still that of the case files and it is as sure as `confirm`
 * wants; what contradicts a claim must have been repeated so often.
 */
export function keepClaims(claims: readonly Claim[], isNamed: boolean, confirm: number): Keep {
  return (platform) => {
    const docket = createDocket(claims, platform, isNamed);
    const asked = new Map(docket.experiments.map((each) => [each.id, JSON.stringify(each)]));
    return ({ experiment, outcome, steps, attempts }) => {
      const own = asked.get(experiment.id);
      if (own === undefined) return "unasked";
      const isSure = attempts > confirm || !docket.isContradicting(experiment.id, outcome, steps);
      return isSure && own === JSON.stringify(experiment) && isDecided(outcome)
        ? "kept"
        : "repeated";
    };
  };
}

/** For an exploration, which repeats everything. */
export function keepPairs(selection: Selection, confirm: number): Keep {
  return (platform) => {
    const isSelected = createPairSelector(platform.implements, selection);
    return ({ experiment, outcome, attempts }: ObservationLine) => {
      if ("scenario" in experiment || idOf(experiment) !== experiment.id) return "unasked";
      if (!isSelected(experiment)) return "unasked";
      const isSure = attempts > confirm || outcome.kind === "skipped" || outcome.kind === "broken";
      return isSure && isDecided(outcome) ? "kept" : "repeated";
    };
  };
}

/** The same, except that what is not to be measured again stays, however sure it is. */
export function keepExcepted(except: ReadonlySet<string>, keep: Keep): Keep {
  return (platform) => {
    const fateOf = keep(platform);
    return (line) => {
      const fate = fateOf(line);
      return fate === "repeated" && except.has(line.experiment.id) ? "kept" : fate;
    };
  };
}

/** A broken outcome says nothing about the system, except for a first endpoint that it refused on five ports. */
function isDecided(outcome: Outcome): boolean {
  return outcome.kind !== "broken" || outcome.reason === "first-bind-refused";
}

function idOf(experiment: EndpointPair | OptionExperiment): string {
  return "option" in experiment ? optionExperimentId(experiment) : experimentId(experiment);
}
