import { hasSetting } from "../experiments/every-pair.ts";
import type { OptionText } from "../model/vocabulary.ts";
import type { Line } from "../results/line.ts";

/** Takes the lines of an exploration and says which of the options to combine a target's system does not have. */
export function createMissingOptions(
  more: readonly OptionText[],
  say: (sentence: string) => void,
): { line(line: Line): void; end(): void } {
  return {
    line(line) {
      if (line.type !== "target") return;
      const { implements: system } = line.platform;
      const missing = more.filter((text) => !hasSetting(text, system));
      if (missing.length > 0)
        say(`${line.target}: ${system} has no ${missing.join(", ")}, so that it is not combined`);
    },
    end: () => undefined,
  };
}
