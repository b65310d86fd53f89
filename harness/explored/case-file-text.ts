import type { TargetLine } from "../results/line.ts";
import type { FrozenTable } from "./frozen-table.ts";
import { tableText } from "./table-text.ts";

/** What was seen on a target as a case file: the same text whenever the same was seen. `name` stands in the ids. */
export function caseFileText(
  name: string,
  { platform, os }: TargetLine,
  tables: readonly FrozenTable[],
): string {
  const written = tables.map((table) => ({ table, text: tableText(name, platform.name, table) }));
  const left = written.flatMap(({ table, text }) =>
    text === null && table.cells.length > 0 ? [`#   ${leftOutText(table)}`] : [],
  );
  const head = [
    `# What 'bindcheck explore' saw on ${os.name}: ${platform.name} ${os.version}, ${os.build}, ${os.kernel}.`,
    ...HEAD,
    ...(left.length > 0 ? ["#", "# Parts of which nothing could be seen:", ...left] : []),
  ];
  const documents = written.flatMap(({ text }) => text ?? []);
  return `${[head.join("\n"), ...documents].join("\n---\n")}\n`;
}

const HEAD = [
  "# 'bindcheck run' with this file tells whether a system still does all of it.",
  "# Columns are first endpoints, rows second ones. n/a: nothing to hold a system to; the comment above a table says why.",
  "# There is no socket of UDP that listens, and a mapped address is for a socket with IPV6_V6ONLY off alone.",
];

function leftOutText({ part, cells }: FrozenTable): string {
  const { protocol, account, first, second } = part;
  const whys = new Set(cells.map((cell) => cell?.why ?? "not asked for"));
  return `${protocol}, ${first.family} ${first.state} > ${second.family} ${second.state}, ${account} account: ${[...whys].toSorted().join("; ")}`;
}
