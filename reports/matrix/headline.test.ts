import { expect, test } from "vitest";
import { headlineOf } from "./headline.ts";

test.each([
  [{ held: 1 }, "The claim held"],
  [{ held: 2 }, "All 2 claims held"],
  [{ held: 1, skipped: 1 }, "1 held, 1 skipped"],
  [{ contradicted: 1 }, "1 of 1 claim contradicted on local"],
])("%j is %j.", (counts, headline) => {
  expect(headlineOf(new Map([["local", counts]]), [])).toBe(headline);
});
