import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { plain } from "./escape.ts";

/** Claims with this verdict, counted by target and reason. */
export function undecidedList(
  title: string,
  word: Judged["word"],
  verdicts: readonly Judged[],
): string[] {
  const found = verdicts.filter((verdict) => verdict.word === word);
  if (found.length === 0) return [];
  const reasons = groupBy(
    found,
    ({ target, reason }) => `${target}: ${reason ?? "no reason given"}`,
  );
  return [
    "",
    `### ${title}`,
    "",
    ...[...reasons].map(([reason, same]) => `- ${same.length} on ${plain(reason)}`),
  ];
}
