import { expect, test } from "vitest";
import { VERDICT_WORDS } from "../../harness/model/verdict.ts";
import { WORST_FIRST } from "./worst-first.ts";

test("Every verdict has its place in the order, the contradicted first and the skipped last.", () => {
  expect(WORST_FIRST.toSorted()).toEqual(VERDICT_WORDS.toSorted());
  expect([WORST_FIRST[0], WORST_FIRST.at(-1)]).toEqual(["contradicted", "skipped"]);
});
