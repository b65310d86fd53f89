import satisfies from "semver/functions/satisfies.js";
import { claimStepLabel } from "../model/claim.ts";
import type { TargetLine } from "../results/line.ts";
import { comparable } from "../claims/comparable-version.ts";
import { ownVersion } from "../results/own-version.ts";
import { outcomeFor, type Docket } from "./docket.ts";
import { applyDeviations, createDeviationFinder, type KnownDeviation } from "./known-deviation.ts";

/** A docket whose verdicts take the known deviations of the target into account. */
export function withDeviations(
  docket: Docket,
  target: Pick<TargetLine, "platform" | "runtime">,
  known: readonly KnownDeviation[],
): Docket {
  const own = known.filter((deviation) => isKnownOf(target, deviation));
  if (own.length === 0) return docket;
  const find = createDeviationFinder(own);
  const today = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  return {
    ...docket,
    judge: (experiment, outcome, steps) =>
      docket.judge(experiment, outcome, steps).map(({ claim, verdict }) => {
        const found = find(claim, claimStepLabel(claim));
        const seen = outcomeFor(claim, outcome, steps);
        return { claim, verdict: applyDeviations(verdict, seen, found, today) };
      }),
  };
}

/**
 * Whether a deviation is known of this target. Versions are those of the platform itself: Wine's own, not that of the
 * Windows that it claims to be.
 */
export function isKnownOf(
  { platform, runtime }: Pick<TargetLine, "platform" | "runtime">,
  deviation: Pick<KnownDeviation, "platform" | "versions">,
): boolean {
  if (deviation.platform !== platform.name) return false;
  if (deviation.versions === null) return true;
  const version = comparable(ownVersion({ platform, runtime }));
  return version !== null && satisfies(version, deviation.versions);
}
