import type { Reporter } from "../../reports/reporter.ts";
import { appliesTo } from "../claims/applies-to.ts";
import type { Document } from "../model/claim.ts";
import type { Platform } from "../model/platform.ts";
import type { Line, SummaryLine } from "../results/line.ts";
import { createTally } from "../verdicts/tally.ts";
import type { RunEnd } from "./exit-code.ts";
import type { Progress } from "./progress.ts";
import { ReportLost } from "./report-lost.ts";

/**
 * The stream of a run: every line goes to every reporter, and is counted. A report that cannot be written, as on a disk
 * that is full, is reported and ends there; the others go on.
 */
export interface RunRecord {
  take(line: Line): void;
  /** The last line of a run that was not cut off. */
  summarize(times: Pick<SummaryLine, "wallMs" | "timings">): void;
  end(): Promise<void>;
  /** What the exit code needs to know. */
  readonly result: Pick<RunEnd, "counts" | "notApplicable" | "brokenTargets" | "lostReports">;
}

export function createRecord(
  reporters: readonly Reporter[],
  documents: readonly Document[],
  progress: Progress,
): RunRecord {
  const tally = createTally();
  const platforms: Platform[] = [];
  const brokenTargets = new Set<string>();
  const live = new Set(reporters);
  let observations = 0;
  const lose = (reporter: Reporter, error: unknown): void => {
    if (!(error instanceof ReportLost)) throw error;
    live.delete(reporter);
    progress.say(error.message);
  };
  const report = (line: Line): void => {
    for (const reporter of live)
      try {
        reporter.line(line);
      } catch (error) {
        lose(reporter, error);
      }
  };
  const count = (line: Line): void => {
    if (line.type === "target") platforms.push(line.platform);
    if (line.type === "target-problem") brokenTargets.add(line.target);
    if (line.type === "verdict") tally.add(line.target, line.document, line.verdict, line.reason);
    if (line.type === "observation") {
      observations += 1;
      progress.count(line.target);
    }
  };
  const isSpokenOf = (document: Document): boolean =>
    platforms.some((platform) => appliesTo(document, platform));
  return {
    take(line) {
      count(line);
      report(line);
    },
    summarize(times) {
      report({
        type: "summary",
        counts: tally.perDocument,
        observations,
        notApplicable: documents.filter((document) => !isSpokenOf(document)).map(({ id }) => id),
        brokenTargets: [...brokenTargets],
        ...times,
      });
    },
    async end() {
      progress.clear();
      for (const reporter of live)
        try {
          await reporter.end();
        } catch (error) {
          lose(reporter, error);
        }
    },
    get result() {
      return {
        counts: tally.total,
        notApplicable: tally.notApplicable,
        brokenTargets: brokenTargets.size,
        lostReports: reporters.length - live.size,
      };
    },
  };
}
