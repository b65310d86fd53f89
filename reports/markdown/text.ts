import { groupBy } from "../../harness/model/group-by.ts";
import type { Collected } from "../collected.ts";
import type { Judged } from "../matrix/judged.ts";
import { headline } from "../matrix/headline.ts";
import type { RunFacts } from "../run-facts.ts";
import { shippedText } from "../sentences.ts";
import { documentsTable, targetsTable } from "./counts-table.ts";
import { differenceTables } from "./difference-tables.ts";
import { plain } from "./escape.ts";
import { undecidedList } from "./undecided-list.ts";

/**
 * The whole text, cut at a line when GitHub would refuse it. What needs a look is open; what does not is folded, so
 * that the summary of a good run is short. Verdicts come in the document's order.
 */
export function markdownText(
  { verdicts, problems }: Omit<Collected, "observations">,
  facts: RunFacts,
): string {
  const closing = facts.closingProblem();
  const shipped = shippedText(verdicts);
  const alerts = [
    ...(closing === null ? [] : [closing]),
    ...problems.map(({ target, problem }) => `${target} could not be measured: ${problem}`),
  ];
  const documents = [...groupBy(verdicts, ({ document }) => document).values()];
  const isUrgent = (own: readonly Judged[]): boolean =>
    own.some(({ word }) => URGENT.includes(word));
  const urgent = documents.filter(isUrgent).flat();
  const calm = documents.filter((own) => !isUrgent(own)).flat();
  return fitting([
    `## ${plain(`bindcheck: ${headline(verdicts, problems)}`)}`,
    ...alerts.flatMap((text) => ["", "> [!CAUTION]", `> ${plain(text)}`]),
    ...targetsTable(verdicts, facts),
    ...(shipped === null ? [] : ["", plain(shipped)]),
    ...differenceTables(urgent, facts),
    ...undecidedList("Could not be decided", "broken", verdicts),
    ...folded("Skipped claims", undecidedList("Skipped", "skipped", verdicts)),
    ...folded("Documents not applicable to any target here", notApplicable(facts)),
    // The longest, and least, come last, so that a cut leaves the others.
    ...folded("Known deviations", differenceTables(calm, facts)),
    ...folded("Counts by document", documentsTable(verdicts, facts)),
  ]);
}

const URGENT: readonly string[] = ["contradicted", "stale-deviation"];

function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ["", `<details><summary>${title}</summary>`, ...lines, "", END];
}

const END = "</details>";

function notApplicable({ summary }: RunFacts): string[] {
  const documents = summary?.notApplicable ?? [];
  return documents.length === 0 ? [] : ["", plain(documents.join(", "))];
}

function fitting(lines: readonly string[]): string {
  let bytes = 0;
  const end = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes > MOST_BYTES;
  });
  if (end === -1) return `${lines.join("\n")}\n`;
  const kept = lines.slice(0, end);
  const isFolded = kept.findLast((line) => line.includes("details>"))?.startsWith("<details>");
  return `${[...kept, ...(isFolded ? ["", END] : []), "", CUT].join("\n")}\n`;
}

const CUT = "This text was cut here because GitHub takes no more: the other reports have the rest.";

// A comment may have 65,536 characters (a step's summary 1 MiB); bytes, since GitHub does not say which it counts.
const MOST_BYTES = 65_536 - 1 - Buffer.byteLength(`\n${END}\n\n${CUT}\n`);
