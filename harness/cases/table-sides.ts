import type { CaseDocument } from "./schema.ts";

/** Which side of a table holds the rows: the one that says what to expect. */
export function sidesOf(table: NonNullable<CaseDocument["table"]>): {
  readonly rows: "first" | "second";
  readonly columns: "first" | "second";
} {
  return table.first.some((entry) => entry.expect)
    ? { rows: "first", columns: "second" }
    : { rows: "second", columns: "first" };
}
