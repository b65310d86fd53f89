import { expect, test } from "vitest";
import { targetText } from "./diff-text.ts";

test.each([
  ["local", "linux 6.1", "local", "linux 6.1", null],
  ["local", "linux 6.1", "local", "linux 6.12", "local: linux 6.12, was linux 6.1"],
  ["local", "linux 6.1", "node@22", "linux 6.1", "node@22, was local: linux 6.1"],
  ["local", null, "node@22", "linux 6.1", "node@22, was local: linux 6.1, was never started"],
  ["local", null, null, null, "local (never started) is gone"],
])("%s on %s, then %s on %s: %s", (old, oldSystem, now, newSystem, text) => {
  expect(targetText({ old, oldSystem, new: now, newSystem })).toBe(text);
});
