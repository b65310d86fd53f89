import { expect, test } from "vitest";
import { countText } from "./count-text.ts";

test("numbers agree with their nouns", () => {
  expect([countText(0, "claim"), countText(1, "claim")]).toEqual(["0 claims", "1 claim"]);
});
