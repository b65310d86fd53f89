import { appliesTo, speaksOfPlatform } from "../claims/applies-to.ts";
import type { Claim } from "../model/claim.ts";
import type { Experiment } from "../model/experiment.ts";
import { planExperiments } from "../experiments/plan.ts";
import type { Observation, Outcome } from "../model/observation.ts";
import { versionFor, type Platform } from "../model/platform.ts";
import { judge } from "./judge.ts";
import type { Verdict } from "../model/verdict.ts";
import { groupBy } from "../model/group-by.ts";

/** A claim and what became of it. */
export interface Judged {
  readonly claim: Claim;
  readonly verdict: Verdict;
}

/** What is to be measured on one platform, and which claims each experiment answers. */
export interface Docket {
  readonly experiments: readonly Experiment[];
  /** A verdict for each claim on the experiment. */
  judge(experiment: string, outcome: Outcome, steps?: Observation["steps"]): Judged[];
  /** Whether the outcome contradicts a claim: then it is worth repeating. */
  isContradicting(experiment: string, outcome: Outcome, steps?: Observation["steps"]): boolean;
}

/**
 * Takes the claims that speak of the platform. With `isNamed`, those that speak of other versions of it are measured
 * too, and not judged.
 */
export function createDocket(
  claims: readonly Claim[],
  platform: Platform,
  isNamed: boolean,
): Docket {
  const documents = new Set(claims.map(({ document }) => document));
  const judged = new Set([...documents].filter((document) => appliesTo(document, platform)));
  const taken = isNamed
    ? new Set([...documents].filter((document) => speaksOfPlatform(document, platform)))
    : judged;
  const byExperiment = groupBy(
    claims.filter(({ document }) => taken.has(document)),
    ({ experiment }) => experiment.id,
  );
  const judgeAll = (experiment: string, outcome: Outcome, steps?: Observation["steps"]): Judged[] =>
    (byExperiment.get(experiment) ?? []).map((claim) => ({
      claim,
      verdict: judged.has(claim.document)
        ? judge(claim, outcomeFor(claim, outcome, steps))
        : otherVersion(claim, platform),
    }));
  return {
    experiments: planExperiments([...byExperiment.values()].flat()),
    judge: judgeAll,
    isContradicting: (experiment, outcome, steps) =>
      judgeAll(experiment, outcome, steps).some(({ verdict }) => verdict.word === "contradicted"),
  };
}

/** The outcome that a claim speaks of: that of its step, once the scenario came so far. */
export function outcomeFor(
  { step }: Claim,
  outcome: Outcome,
  steps: Observation["steps"],
): Outcome {
  const observed = steps?.find((each) => each.step === step);
  return observed ? observed.outcome : outcome;
}

function otherVersion({ document }: Claim, platform: Platform): Verdict {
  const detail = `${document.id} speaks of versions ${document.appliesTo.versions}, this is ${versionFor(document.appliesTo.platform, platform) ?? "unknown"}`;
  return { word: "skipped", reason: "not-applicable", detail };
}
