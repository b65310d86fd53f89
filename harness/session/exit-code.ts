import type { Counts } from "../results/line.ts";

/** 128 and SIGINT, as shells have it. */
export const EXIT_INTERRUPTED = 130;

/** The harness could not decide. */
export const EXIT_BROKEN = 3;

/** The end of a run, as far as its exit code is concerned. */
export interface RunEnd {
  readonly counts: Counts;
  /** Of the skipped: because the document does not speak of the target. */
  readonly notApplicable: number;
  readonly brokenTargets: number;
  /** Reports that could not be written to their end. */
  readonly lostReports: number;
  readonly isInterrupted: boolean;
  /** Of results that are read: a run ended before its summary, so that something is missing. */
  readonly isCutOff?: boolean;
  readonly failOnSkip: boolean;
}

/**
 * 0 every judged claim held or is a known deviation; 1 a claim is contradicted, or a known deviation is stale; 2 nothing
 * that was asked for applies; 3 something is broken, was cut off or could not be written, or nothing could be judged; 130 interrupted. Where
 * several are true the first of 130, 3, 1, 2 counts.
 */
export function exitCode({
  counts,
  notApplicable,
  brokenTargets,
  lostReports,
  isInterrupted,
  isCutOff = false,
  failOnSkip,
}: RunEnd): number {
  if (isInterrupted) return EXIT_INTERRUPTED;
  if (counts.broken > 0 || brokenTargets > 0 || lostReports > 0 || isCutOff) return EXIT_BROKEN;
  if (counts.contradicted > 0 || counts["stale-deviation"] > 0) return 1;
  const isJudged = counts.held > 0 || counts["known-deviation"] > 0;
  if (!isJudged) return counts.skipped === notApplicable ? 2 : EXIT_BROKEN;
  return failOnSkip && counts.skipped > notApplicable ? 1 : 0;
}

/** Why a code is not 0 where no verdict says so; null where one does. */
export function codeReason(
  { lostReports, failOnSkip, counts }: RunEnd,
  code: number,
): string | null {
  if (code === EXIT_BROKEN && lostReports > 0)
    return "exit code 3: a report could not be written to its end";
  const isSkip = failOnSkip && counts.contradicted === 0 && counts["stale-deviation"] === 0;
  return code === 1 && isSkip ? "exit code 1: claims were skipped (--fail-on-skip)" : null;
}

/** The end of an exploration, which has no verdicts to count. */
interface ExplorationEnd extends Pick<
  RunEnd,
  "brokenTargets" | "lostReports" | "isInterrupted" | "isCutOff"
> {
  readonly observations: number;
  /** Observations in which nothing was decided. */
  readonly undecided: number;
}

/**
 * 0 everything was decided; 2 there was nothing to observe; 3 something was not decided, a target or a report was lost,
 * or the results were cut off; 130 interrupted.
 */
export function explorationExitCode({
  observations,
  undecided,
  brokenTargets,
  lostReports,
  isInterrupted,
  isCutOff = false,
}: ExplorationEnd): number {
  if (isInterrupted) return EXIT_INTERRUPTED;
  if (undecided > 0 || brokenTargets > 0 || lostReports > 0 || isCutOff) return EXIT_BROKEN;
  return observations > 0 ? 0 : 2;
}
