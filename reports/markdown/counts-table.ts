import { countWords } from "../matrix/count-words.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText, countsText, countText } from "../sentences.ts";
import { link, plain } from "./escape.ts";

/** How the claims of each document came out on each target: a table of what needs a look, a line of the rest. */
export function countsTable(verdicts: readonly Judged[], facts: RunFacts): string[] {
  const groups = [
    ...groupBy(verdicts, ({ target, document }) => `${target}\n${document}`).values(),
  ];
  const isCalm = (own: readonly Judged[]): boolean => own.every(({ word }) => CALM.includes(word));
  return [
    ...table(
      groups.filter((own) => !isCalm(own)),
      facts,
    ),
    ...calmLines(groups.filter(isCalm)),
  ];
}

const CALM: readonly string[] = ["held", "skipped"];

function table(groups: readonly (readonly Judged[])[], facts: RunFacts): string[] {
  if (groups.length === 0) return [];
  const words = Object.keys(countWords(groups.flat())) as Judged["word"][];
  const rows = groups.map((own) => {
    const [{ target, document: id }] = own as [Judged];
    const document = facts.document(id);
    const cited = document === undefined ? plain(id) : link(citationText(document), document.url);
    const counts = countWords(own);
    return [plain(target), cited, ...words.map((word) => String(counts[word] ?? ""))];
  });
  return [
    "",
    row(["target", "document", ...words.map((word) => `${MARKS[word]} ${word}`)]),
    row(["---", "---", ...words.map(() => "---:")]),
    ...rows.map(row),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function calmLines(groups: readonly (readonly Judged[])[]): string[] {
  const targets = [...groupBy(groups, ([first]) => first?.target ?? "")];
  return targets.flatMap(([target, own]) => {
    const documents = own.map((same) => `${same[0]?.document} ${same.length}`);
    const counts = countsText(countWords(own.flat()));
    return [
      "",
      `**${plain(target)}**: ${counts} in ${countText(own.length, "document")} (${documents.map(plain).join(", ")})`,
    ];
  });
}
