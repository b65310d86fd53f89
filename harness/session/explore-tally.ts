import type { Reporter } from "../../reports/reporter.ts";
import { frozenCell } from "../explored/frozen-cell.ts";
import { hasWinsockErrors } from "../model/platform.ts";
import type { Line } from "../results/line.ts";
import { EXIT_BROKEN, EXIT_INTERRUPTED, type RunEnd } from "./exit-code.ts";

/** Counts what was observed and what was not decided, where there are no verdicts to count. */
export interface ExploreTally extends Reporter {
  /**
   * 0 everything was decided; 2 there was nothing to observe; 3 something was not decided, a target or a report was
   * lost, or the results were cut off; 130 interrupted.
   */
  exitCode(
    end: Pick<RunEnd, "brokenTargets" | "lostReports" | "isInterrupted" | "isCutOff">,
  ): number;
}

export function createExploreTally(): ExploreTally {
  let observations = 0;
  let undecided = 0;
  const winsock = new Set<string>();
  return {
    line(line: Line) {
      if (line.type === "target" && hasWinsockErrors(line.platform)) winsock.add(line.target);
      if (line.type !== "observation") return;
      observations += 1;
      if (frozenCell(line, winsock.has(line.target)).isUndecided) undecided += 1;
    },
    end: () => undefined,
    exitCode({ brokenTargets, lostReports, isInterrupted, isCutOff = false }) {
      if (isInterrupted) return EXIT_INTERRUPTED;
      if (undecided > 0 || brokenTargets > 0 || lostReports > 0 || isCutOff) return EXIT_BROKEN;
      return observations > 0 ? 0 : 2;
    },
  };
}
