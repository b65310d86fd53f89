import { expect, test } from "vitest";
import { cellLines } from "./cell.ts";
import type { Judged } from "./judged.ts";

const skipped = (shortly: readonly string[]): string[] =>
  cellLines({ word: "skipped", expect: "undetermined", shortly } as unknown as Judged);

test("What a document leaves open is shown as it was observed, and what was not done as skipped.", () => {
  expect(skipped(["0 to one, 100 to two"])).toEqual(["– 0 to one, 100 to two", "(not judged)"]);
  expect(skipped(["10048", "at listen"])).toEqual(["– 10048", "at listen", "(not judged)"]);
  expect(skipped(["skipped"])).toEqual(["– skipped"]);
  expect(skipped([])).toEqual(["– skipped"]);
});
