import { InputError } from "../model/problem.ts";
import type { TargetLine } from "../results/line.ts";
import type { FrozenTable } from "./frozen-table.ts";
import { commentLine } from "./comment-line.ts";
import { hasWinsockErrors } from "../model/platform.ts";
import { optionDocuments, type SeenOption } from "./option-rows-text.ts";
import { tableText } from "./table-text.ts";
import { groupBy } from "../model/group-by.ts";

/** What was seen on a target as a case file: the same text whenever the same was seen. `name` is part of the ids. Throws InputError. */
export function caseFileText(
  name: string,
  { platform, os }: TargetLine,
  tables: readonly FrozenTable[],
  options: readonly SeenOption[] = [],
): string {
  if (!/^[a-z0-9-]+$/.test(platform.name))
    throw new InputError([`the platform's name in the results is not of a-z, 0-9 and '-'`]);
  const written = tables.map((table) => ({ table, text: tableText(name, platform.name, table) }));
  const left = leftOutLines(written.flatMap(({ table, text }) => (text === null ? table : [])));
  const head = [
    commentLine(
      `What 'bindcheck explore' saw on ${os.name}: ${platform.name} ${os.version}, ${os.build}, ${os.kernel}.`,
    ),
    HEAD,
    ...(options.length > 0 ? [] : TABLES_HEAD),
    ...(left.length > 0 ? ["#", "# Of these nothing could be seen:", ...left] : []),
  ];
  const documents = [
    ...written.flatMap(({ text }) => text ?? []),
    ...optionDocuments(name, platform.name, options, hasWinsockErrors(platform)),
  ];
  return `${[head.join("\n"), ...documents].join("\n---\n")}\n`;
}

const HEAD = "# 'bindcheck run' with this file tells whether a system still does all of it.";

const TABLES_HEAD = [
  "# Columns are first endpoints, rows second ones. n/a: nothing to hold a system to; the comment above a table says why.",
  "# There is no socket of UDP that listens, and a mapped address is for a socket with IPV6_V6ONLY off alone.",
];

/** Tables without an outcome, those of the same families together; they are named with their states. */
function leftOutLines(tables: readonly FrozenTable[]): string[] {
  const asked = tables.filter(({ cells }) => cells.length > 0);
  const alike = groupBy(asked, ({ part: { protocol, account, first, second }, cells }) => {
    const whys = new Set(cells.flatMap((cell) => cell?.why ?? []));
    return `  ${protocol}, ${account} account, ${first.family} > ${second.family}: ${[...whys].toSorted().join("; ")}`;
  });
  return [...alike].map(([key, own]) => {
    const states = own.map(({ part: { first, second } }) => `${first.state} > ${second.state}`);
    return commentLine(`${key} (${states.join(", ")})`);
  });
}
