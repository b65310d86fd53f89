import type { CaseDocument, CaseEndpoint, CasePair } from "../cases/schema.ts";

/** The most claims of all files together: many times what any document says, and what still fits into memory. */
export const MOST_CLAIMS = 500_000;

/** How many claims a document stands for at most, found without making any: a few lines can mean billions. */
export function countClaims({
  matrix,
  table,
  pairs = [],
  scenarios = [],
  sequences,
  options: optionRows = [],
}: CaseDocument): number {
  const parts = countOf(matrix.protocol) * countOf(matrix.family);
  const cells = table ? alternatives(table.first) * alternatives(table.second) : 0;
  const sets = matrix.options?.length ?? 1;
  const listed = sum(
    pairs.map(({ first, second }) => sets * alternatives([first]) * alternatives([second])),
  );
  const steps = sum(scenarios.map((scenario) => scenario.steps.length));
  const opened = sum(
    (sequences?.runs ?? []).map(({ options, expect }) => countOf(options) * expect.length),
  );
  const asked = sum(optionRows.map((row) => Object.keys(row).length - 1));
  return parts * (cells + listed + steps + opened + asked);
}

function alternatives(entries: readonly (CaseEndpoint | CasePair["first"])[]): number {
  return sum(entries.map(({ options }) => countOf(options)));
}

function countOf(oneOrMore: unknown): number {
  return Array.isArray(oneOrMore) ? oneOrMore.length : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
