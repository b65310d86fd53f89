import { outcomeText } from "../sentences.ts";
import { claimStepLabel } from "../../harness/model/claim.ts";
import { appliesTo } from "../../harness/claims/applies-to.ts";
import type { TargetLine } from "../../harness/results/line.ts";
import { shareOf, type Fit } from "../../harness/verdicts/rank-documents.ts";
import type { Protocol } from "../../harness/model/vocabulary.ts";

/** How well documents fit one protocol of one target. */
export interface Ranking {
  readonly target: TargetLine;
  readonly protocol: Protocol;
  /** Best first. */
  readonly fits: readonly Fit[];
}

/** A table for each target and protocol, and how the best document of each is deviated from. */
export function rankingsText(rankings: readonly Ranking[]): string {
  return rankings
    .filter(({ fits }) => fits.length > 0)
    .map(rankingText)
    .join("\n");
}

function rankingText({ target, protocol, fits }: Ranking): string {
  const { name, version } = target.platform;
  const width = Math.max(...fits.map(({ document }) => document.id.length));
  const rows = fits.map((fit) => {
    const share = `${(shareOf(fit) * 100).toFixed(1)} %`.padStart(7);
    const count = `${fit.held} of ${fit.measured}`.padEnd(10);
    const range = fit.document.appliesTo.versions;
    const other = appliesTo(fit.document, target.platform) ? "" : ` for versions ${range}`;
    return `  ${share}  ${count} ${fit.document.id.padEnd(width)}${other}`.trimEnd();
  });
  return `${[`${target.target} (${name} ${version}), ${protocol}`, ...rows, ...deviationLines(fits)].join("\n")}\n`;
}

const MOST_DEVIATIONS = 12;

function deviationLines([best]: readonly Fit[]): string[] {
  if (!best || best.deviations.length === 0) return [];
  const more = best.deviations.length - MOST_DEVIATIONS;
  return [
    `  not as ${best.document.id} says:`,
    ...best.deviations.slice(0, MOST_DEVIATIONS).map(({ claim, outcome }) => {
      const step = claimStepLabel(claim);
      const place = step === null ? "" : `, step ${step}`;
      return `    ${claim.experiment.id}${place}: ${claim.expect} is said, ${outcomeText(outcome)} was seen`;
    }),
    ...(more > 0 ? [`    and ${more} more (all of them: --json)`] : []),
  ];
}
