import { groupBy } from "../../harness/model/group-by.ts";
import { countWords } from "../matrix/count-words.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText, targetText } from "../sentences.ts";
import { link, plain } from "./escape.ts";

/** A row for each target: what it is, and its claims by verdict. */
export function targetsTable(verdicts: readonly Judged[], { targets }: RunFacts): string[] {
  const groups = groupBy(verdicts, ({ target }) => target);
  const names = [...new Set([...targets.keys(), ...groups.keys()])];
  const rows = names.map((name) => {
    const line = targets.get(name);
    return {
      heading: [plain(name), line === undefined ? "" : plain(targetText(line))],
      own: groups.get(name) ?? [],
    };
  });
  return countsTable(["target", "system"], rows);
}

/** A row for each target and document. */
export function documentsTable(verdicts: readonly Judged[], facts: RunFacts): string[] {
  const groups = groupBy(verdicts, ({ target, document }) => `${target}\n${document}`);
  const rows = [...groups.values()].map((own) => {
    const [{ target, document: id }] = own as [Judged];
    const document = facts.document(id);
    const cited = document === undefined ? plain(id) : link(citationText(document), document.url);
    return { heading: [plain(target), cited], own };
  });
  return countsTable(["target", "document"], rows);
}

interface Row {
  readonly heading: readonly string[];
  readonly own: readonly Judged[];
}

function countsTable(heading: readonly string[], rows: readonly Row[]): string[] {
  if (rows.length === 0) return [];
  const words = Object.keys(countWords(rows.flatMap(({ own }) => own))) as Judged["word"][];
  return [
    "",
    tableRow([...heading, ...words.map((word) => `${MARKS[word]} ${word}`)]),
    tableRow([...heading.map(() => "---"), ...words.map(() => "---:")]),
    ...rows.map((row) => {
      const counts = countWords(row.own);
      return tableRow([...row.heading, ...words.map((word) => String(counts[word] ?? ""))]);
    }),
  ];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
