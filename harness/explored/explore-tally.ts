import { hasWinsockErrors } from "../model/platform.ts";
import type { Line } from "../results/line.ts";
import { isUndecided } from "./option-rows-text.ts";
import { frozenCell } from "./frozen-cell.ts";

/** Counts the observations of an exploration, and those in which nothing was decided. */
export interface ExploreTally {
  line(line: Line): void;
  end(): void;
  readonly counts: { readonly observations: number; readonly undecided: number };
}

export function createExploreTally(): ExploreTally {
  let observations = 0;
  let undecided = 0;
  const winsock = new Set<string>();
  return {
    line(line) {
      if (line.type === "target" && hasWinsockErrors(line.platform)) winsock.add(line.target);
      if (line.type !== "observation") return;
      observations += 1;
      const isOpen =
        "option" in line.experiment
          ? isUndecided(line)
          : frozenCell(line, winsock.has(line.target)).isUndecided;
      if (isOpen) undecided += 1;
    },
    end: () => undefined,
    get counts() {
      return { observations, undecided };
    },
  };
}
