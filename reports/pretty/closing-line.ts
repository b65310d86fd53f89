import { countText } from "../../harness/model/count-text.ts";
import path from "node:path";
import type { Counts, SummaryLine } from "../../harness/results/line.ts";
import type { VerdictWord } from "../../harness/model/verdict.ts";
import { oneLine } from "../legible.ts";
import { addUp, headlineOf } from "../matrix/headline.ts";
import { MARKS } from "../matrix/marks.ts";

/** What the last line of a run is made from. */
export interface Ending {
  /** Of each target. */
  readonly counts: ReadonlyMap<string, Partial<Counts>>;
  readonly problems: readonly { readonly target: string }[];
  readonly observations: number;
  readonly summary: SummaryLine | null;
  /** Why a run that has ended is not a good one although no verdict says so. */
  readonly closing: string | null;
  /** Files that the run writes. */
  readonly written: readonly string[];
}

/** What happened, in one line: the verdict, how much was done, and where it is written. */
export function closingLine(ending: Ending): { readonly word: VerdictWord; readonly text: string } {
  const { counts, problems, observations, summary, closing, written } = ending;
  const word = worstWord(ending);
  const time = summary === null ? "" : ` in ${(summary.wallMs / 1000).toFixed(1)} s`;
  const headline = closing === null || counts.size > 0 ? [headlineOf(counts, problems)] : [];
  const closed = closing === null ? [] : [closing.replace(/\.$/, "")];
  const parts = [
    ...headline,
    ...(headline.length === 0 ? closed : closed.map(inTheMiddle)),
    `${countText(observations, "experiment")}${time}`,
    ...(written.length === 0 ? [] : [`written: ${fileList(written)}`]),
  ];
  return { word, text: oneLine(`${MARKS[word]} ${parts.join("; ")}`) };
}

/** A sentence as it goes on another one's line. */
function inTheMiddle(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function worstWord({ counts, problems, closing }: Ending): VerdictWord {
  const total = addUp(counts.values());
  if (total.contradicted) return "contradicted";
  if (total["stale-deviation"]) return "stale-deviation";
  return total.broken || problems.length > 0 || closing !== null ? "broken" : "held";
}

/** Files beside the first one without their folder. */
function fileList(files: readonly string[]): string {
  const folder = path.dirname(files[0] ?? "");
  return files
    .map((file, at) => (at > 0 && path.dirname(file) === folder ? path.basename(file) : file))
    .join(", ");
}
