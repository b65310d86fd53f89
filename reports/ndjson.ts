import type { Line } from "../harness/results/line.ts";
import type { Output, Reporter } from "./reporter.ts";

/** The result stream itself: a line is one write, so that a killed run leaves whole lines. */
export function createNdjsonReporter(output: Output): Reporter {
  return {
    line: (line: Line) => output.write(`${ndjsonText(line)}\n`),
    end: () => {},
  };
}

// JSON.stringify leaves these as they are, and readers that split at Unicode line ends would cut a line in two.
function ndjsonText(line: Line): string {
  return JSON.stringify(line).replace(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
