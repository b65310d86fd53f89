import { appliesTo, speaksOfPlatform } from "../claims/applies-to.ts";
import { groupBy } from "../model/group-by.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { ComparedSystem, MeasuredVersion } from "../results/compare-versions.ts";
import { outcomeFor } from "./docket.ts";
import { judge } from "./judge.ts";

/** A document whose range of versions is not what was measured. */
export interface RangeFinding {
  readonly document: Document;
  /** Versions of the range in which a claim is contradicted, with how many are, of how many judged. */
  readonly contradicted: readonly VersionCount[];
  /** Versions outside the range in which every claim that was judged holds. */
  readonly holdsToo: readonly VersionCount[];
}

/** Claims of a document in one version: those that are counted, and of how many. */
interface VersionCount {
  readonly version: string;
  readonly count: number;
  readonly of: number;
}

/**
 * The documents of a range of versions that are contradicted within it, or hold outside of it. Not of the
 * documents of a system that a target only imitates: their ranges are of that system's versions.
 */
export function findRangeProblems(
  claims: readonly Claim[],
  { versions }: ComparedSystem,
): RangeFinding[] {
  const ranged = claims.filter(
    ({ document }) =>
      document.appliesTo.versions !== "*" &&
      versions.some(
        ({ target: { platform } }) =>
          (platform.name === platform.implements ||
            platform.name === document.appliesTo.platform) &&
          speaksOfPlatform(document, platform),
      ),
  );
  return [...groupBy(ranged, ({ document }) => document.id).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { document } = first;
    const counts = versions.map((version) => ({ version, ...countOf(own, version) }));
    const isInside = ({ target }: MeasuredVersion): boolean => appliesTo(document, target.platform);
    const contradicted = counts
      .filter(({ version, judged, held }) => isInside(version) && held < judged)
      .map(({ version, judged, held }) => ({
        version: version.label,
        count: judged - held,
        of: judged,
      }));
    const holdsToo = counts
      .filter(({ version, judged, held }) => !isInside(version) && judged > 0 && held === judged)
      .map(({ version, judged }) => ({ version: version.label, count: judged, of: own.length }));
    return contradicted.length + holdsToo.length === 0
      ? []
      : [{ document, contradicted, holdsToo }];
  });
}

function countOf(
  claims: readonly Claim[],
  { observations }: MeasuredVersion,
): { readonly judged: number; readonly held: number } {
  const words = claims.flatMap((claim) => {
    const observation = observations.get(claim.experiment.id);
    if (!observation) return [];
    const { word } = judge(claim, outcomeFor(claim, observation.outcome, observation.steps));
    return word === "held" || word === "contradicted" ? [word] : [];
  });
  return { judged: words.length, held: words.filter((word) => word === "held").length };
}
