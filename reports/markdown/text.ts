import type { Judged } from "../matrix/judged.ts";
import { headline } from "../matrix/headline.ts";
import type { RunFacts } from "../run-facts.ts";
import { countText, shippedText, targetText } from "../sentences.ts";
import { countsTable } from "./counts-table.ts";
import { differenceTables } from "./difference-tables.ts";
import { plain } from "./escape.ts";
import { undecidedList } from "./undecided-list.ts";

/** What was collected while the run went on; verdicts come in the document's order. */
export interface Collected {
  readonly verdicts: readonly Judged[];
  readonly problems: readonly { readonly target: string; readonly problem: string }[];
}

/** The whole text, cut at a line when GitHub would refuse it. */
export function markdownText({ verdicts, problems }: Collected, facts: RunFacts): string {
  const closing = facts.closingProblem();
  const shipped = shippedText(verdicts);
  const alerts = [
    ...(closing === null ? [] : [closing]),
    ...problems.map(({ target, problem }) => `${target} could not be measured: ${problem}`),
  ];
  return fitting([
    `## ${plain(`bindcheck: ${headline(verdicts, problems)}`)}`,
    ...alerts.flatMap((text) => ["", "> [!CAUTION]", `> ${plain(text)}`]),
    ...countsTable(verdicts, facts),
    ...differenceTables(verdicts, facts),
    ...undecidedList("Could not be decided", "broken", verdicts),
    ...undecidedList("Skipped", "skipped", verdicts),
    ...(shipped === null ? [] : ["", plain(shipped)]),
    ...closingLines(facts),
  ]);
}

function closingLines({ summary, targets }: RunFacts): string[] {
  const documents = summary?.notApplicable ?? [];
  const count = countText(documents.length, "document");
  return [
    ...(documents.length === 0
      ? []
      : ["", plain(`${count} not applicable to any target here: ${documents.join(", ")}`)]),
    ...(targets.size === 0 ? [] : [""]),
    ...[...targets].map(([name, line]) => `- ${plain(`${name}: ${targetText(line)}`)}`),
  ];
}

function fitting(lines: readonly string[]): string {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > MOST_BYTES;
  });
  const kept = end === -1 ? lines : [...lines.slice(0, end), "", CUT];
  return `${kept.join("\n")}\n`;
}

const CUT = "This text was cut here because GitHub takes no more: the other reports have the rest.";

// A comment may have 65,536 characters (a step's summary 1 MiB); bytes, since GitHub does not say which it counts.
const MOST_BYTES = 65_536 - 1 - Buffer.byteLength(`\n${CUT}\n`);
