import { expect, test } from "vitest";
import { answerLimitMs, controlTimeoutMs, startLimitMs } from "./time-limits.ts";

test.each([
  [null, 60_000],
  [80, 10_000],
  [1500, 30_000],
  [9000, 60_000],
])("After a slowest start of %s ms a binder may take %i ms.", (slowest, limit) => {
  expect(startLimitMs(slowest)).toBe(limit);
});

test.each([
  [5000, null, 5000],
  [5000, 500, 5000],
  [5000, 2000, 20_000],
  [300, 1000, 600],
  [5000, 40_000, 60_000],
  [90_000, 40_000, 90_000],
])(
  "With --timeout %i, after a slowest start of %s ms, an answer may take %i ms.",
  (timeout, slowest, limit) => {
    expect(answerLimitMs(timeout, slowest)).toBe(limit);
  },
);

test.each([
  [300, 300],
  [2000, 2000],
  [5000, 2000],
  [20_000, 8000],
])("With --timeout %i an answer to a control may take %i ms.", (timeout, limit) => {
  expect(controlTimeoutMs(timeout)).toBe(limit);
});
