import { checkNumbers } from "./check-numbers.ts";
import type * as z from "zod";
import { checkOptions, type PlacedEndpoint } from "./check-options.ts";
import { checkScenarios, type Report } from "./check-scenarios.ts";
import type { CaseDocument } from "./schema.ts";
import { checkSupport } from "./check-support.ts";
import { checkTraffic } from "./check-traffic.ts";
import { checkVersions } from "./check-versions.ts";
import { sidesOf } from "./table-sides.ts";

/** What the shape alone cannot tell: rows as long as the columns, pairs with their options, marks with their notes. */
export function checkLayout(file: CaseDocument, context: z.RefinementCtx): void {
  const { table, pairs, scenarios, sequences, options, support } = file;
  const problem = (path: PropertyKey[], message: string): void =>
    context.addIssue({ code: "custom", path, message });
  if (!table && !pairs && !scenarios && !sequences && !options && !support)
    problem(
      [],
      "'table' is missing (allowed: 'table', 'pairs', 'scenarios', 'sequences', 'options' or 'support')",
    );
  checkVersions(file, problem);
  checkNumbers(file, problem);
  checkOptions(file, endpointsOf(file), problem);
  checkSupport(file, problem);
  checkScenarios(file, problem);
  checkTraffic(file, endpointsOf(file), problem);
  if (table && pairs) problem(["pairs"], "there is a 'table' too (allowed: 'table' or 'pairs')");
  if (table) checkRows(table, problem);
  if (pairs) checkPairs(file.matrix.options, pairs, problem);
  else if (file.matrix.options)
    problem(
      ["matrix", "options"],
      "'options' are in the matrix of a table (allowed: with 'pairs')",
    );
  for (const { path, endpoint } of endpointsOf(file))
    if (endpoint.api === "node" && endpoint.state === "connected")
      problem([...path, "state"], "Node's servers do not connect (allowed: bound, listening)");
  for (const { path, text } of outcomesOf(file))
    if (String(text).endsWith("*") && !(text in file.notes))
      problem(path, `the footnote of '${text}' is missing (add '${text}: …' under 'notes')`);
}

function checkRows(table: NonNullable<CaseDocument["table"]>, problem: Report): void {
  const { rows, columns } = sidesOf(table);
  const width = table[columns].length;
  table[columns].forEach((column, index) => {
    if (column.expect)
      problem(
        ["table", columns, index, "expect"],
        `both sides have 'expect' (allowed: on the rows, which are '${rows}')`,
      );
  });
  table[rows].forEach((row, index) => {
    const found = Array.isArray(row.expect) ? row.expect.length : row.expect ? width : 0;
    if (found !== width)
      problem(
        ["table", rows, index, ...(row.expect ? ["expect"] : [])],
        `outcomes in this row: ${found} (it needs ${width}, one for each column in '${columns}')`,
      );
  });
}

function checkPairs(
  options: CaseDocument["matrix"]["options"],
  pairs: NonNullable<CaseDocument["pairs"]>,
  problem: Report,
): void {
  const wanted = options?.length ?? 1;
  pairs.forEach(({ expect, ...pair }, index) => {
    if (Array.isArray(expect) && expect.length !== wanted)
      problem(
        ["pairs", index, "expect"],
        `outcomes of this pair: ${expect.length} (it needs ${wanted}, one for each of the matrix's option sets)`,
      );
    for (const side of ["first", "second"] as const)
      if (!pair[side].options && !options)
        problem(
          ["pairs", index, side],
          "'options' is missing (allowed: here, or in the matrix for both endpoints of every pair)",
        );
  });
}

function endpointsOf({ table, pairs = [] }: CaseDocument): PlacedEndpoint[] {
  const sides = ["first", "second"] as const;
  return [
    ...pairs.flatMap((pair, index) =>
      sides.map((side) => ({ path: ["pairs", index, side], endpoint: pair[side] })),
    ),
    ...sides.flatMap((side) =>
      (table?.[side] ?? []).map((endpoint, index) => ({ path: ["table", side, index], endpoint })),
    ),
  ];
}

function outcomesOf(file: CaseDocument): { path: PropertyKey[]; text: string | number }[] {
  const { table, pairs = [] } = file;
  if (!table)
    return pairs.flatMap(({ expect }, index) => eachOutcome(["pairs", index, "expect"], expect));
  const { rows } = sidesOf(table);
  return table[rows].flatMap(({ expect = [] }, index) =>
    eachOutcome(["table", rows, index, "expect"], expect),
  );
}

function eachOutcome(
  path: PropertyKey[],
  expect: string | number | (string | number)[],
): { path: PropertyKey[]; text: string | number }[] {
  return Array.isArray(expect)
    ? expect.map((text, column) => ({ path: [...path, column], text }))
    : [{ path, text: expect }];
}
