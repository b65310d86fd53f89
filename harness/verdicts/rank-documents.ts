import { speaksOfPlatform } from "../claims/applies-to.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { Observation, Outcome } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import { outcomeFor } from "./docket.ts";
import { judge } from "./judge.ts";
import { groupBy } from "../model/group-by.ts";

/** How well a document describes what was observed. */
export interface Fit {
  readonly document: Document;
  readonly held: number;
  /** What was observed otherwise than the document says. */
  readonly deviations: readonly { readonly claim: Claim; readonly outcome: Outcome }[];
  /** Claims of the document that were observed with a clear outcome, and all that it has. */
  readonly measured: number;
  readonly claims: number;
}

// Below that a document is a few special cases, which fit or do not fit by chance and tell no generation apart.
const LEAST_MEASURED = 24;
const LEAST_SHARE = 0.5;

/**
 * The documents that speak of a platform, in whatever version, by how much of what their tables say was observed: best
 * first. Claims and observations are of one target and one protocol. Scenarios do not count: they are single sentences, and
 * do not tell generations apart. A document of which little was measured is left out.
 */
export function rankDocuments(
  claims: readonly Claim[],
  observations: ReadonlyMap<string, Observation>,
  platform: Platform,
): Fit[] {
  const spoken = claims.filter(
    ({ document, experiment }) =>
      !("scenario" in experiment) && speaksOfPlatform(document, platform),
  );
  return [...groupBy(spoken, ({ document }) => document)]
    .map(([document, own]) => fitOf(document, own, observations))
    .filter(
      ({ measured, claims: all }) => measured >= LEAST_MEASURED && measured >= all * LEAST_SHARE,
    )
    .toSorted((a, b) => shareOf(b) - shareOf(a) || b.measured - a.measured || a.claims - b.claims);
}

/** From 0 to 1. */
export function shareOf({ held, measured }: Fit): number {
  return measured === 0 ? 0 : held / measured;
}

function fitOf(
  document: Document,
  claims: readonly Claim[],
  observations: ReadonlyMap<string, Observation>,
): Fit {
  const judged = claims.flatMap((claim) => {
    const observation = observations.get(claim.experiment.id);
    if (!observation) return [];
    const outcome = outcomeFor(claim, observation.outcome, observation.steps);
    const { word } = judge(claim, outcome);
    return word === "held" || word === "contradicted" ? [{ claim, outcome, word }] : [];
  });
  return {
    document,
    held: judged.filter(({ word }) => word === "held").length,
    deviations: judged.filter(({ word }) => word === "contradicted"),
    measured: judged.length,
    claims: claims.length,
  };
}
