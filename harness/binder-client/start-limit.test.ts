import { expect, test } from "vitest";
import { startLimitMs } from "./start-limit.ts";

test.each([
  [null, 60_000],
  [80, 10_000],
  [1500, 30_000],
  [9000, 60_000],
])("After a slowest start of %s ms a binder may take %i ms.", (slowest, limit) => {
  expect(startLimitMs(slowest)).toBe(limit);
});
