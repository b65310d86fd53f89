import { countWords } from "../matrix/count-words.ts";
import { groupBy } from "../matrix/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText } from "../sentences.ts";
import { link, plain } from "./escape.ts";

/** How the claims of each document came out on each target; a column for each verdict that occurs. */
export function countsTable(verdicts: readonly Judged[], facts: RunFacts): string[] {
  if (verdicts.length === 0) return [];
  const words = Object.keys(countWords(verdicts)) as Judged["word"][];
  const titles = words.map((word) => `${MARKS[word]} ${word}`);
  const groups = groupBy(verdicts, ({ target, document }) => `${target}\n${document}`);
  const rows = [...groups.values()].map((own) => {
    const [{ target, document: id }] = own as [Judged, ...Judged[]];
    const document = facts.document(id);
    const cited = document === undefined ? plain(id) : link(citationText(document), document.url);
    const counts = countWords(own);
    return [plain(target), cited, ...words.map((word) => String(counts[word] ?? ""))];
  });
  return [
    "",
    row(["target", "document", ...titles]),
    row(["---", "---", ...words.map(() => "---:")]),
    ...rows.map(row),
  ];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
