import { expect, test } from "vitest";
import { SUITES, suitesWith } from "./suites.ts";

test("Only the suites that can have a version are asked for it.", () => {
  expect(suitesWith(["uml@6.12", "wine@10.0"])).toEqual(["trixie"]);
  expect(suitesWith(["wine@5.0", "gvisor@20221219"])).toEqual(["bullseye", "bookworm"]);
  expect(suitesWith(["node@24"])).toEqual([]);
  expect(suitesWith(["nothing"])).toEqual([]);
});

test("A version that no released suite has is asked for in those that change.", () => {
  expect(suitesWith(["uml@7.2"])).toEqual(["bookworm-backports", "sid"]);
  expect(SUITES).toEqual(expect.arrayContaining(suitesWith(["uml@7.2", "wine@5.0"])));
});
