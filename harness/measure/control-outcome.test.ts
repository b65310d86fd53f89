import { expect, test } from "vitest";
import { controlOutcome } from "./control-outcome.ts";

const NO_IPV6 = { outcome: { kind: "skipped", reason: "no-ipv6", detail: "no ::1" } } as const;
const SUCCESS = { outcome: { kind: "success" } } as const;

test("A control that was skipped is not said to have held.", () => {
  expect(controlOutcome(SUCCESS, null, "lost")).toEqual({ text: "held", isFailed: false });
  expect(controlOutcome(SUCCESS, "came out as success", null)).toEqual({
    text: "came out as success",
    isFailed: true,
  });
  expect(controlOutcome(NO_IPV6, null, null)).toEqual({
    text: "skipped: no ::1",
    isFailed: false,
  });
});

test("The controls of IPv6 fail on a target that has lost it, and no others.", () => {
  expect(controlOutcome(NO_IPV6, null, "lost")).toEqual({ text: "lost", isFailed: true });
  const other = { ...NO_IPV6.outcome, reason: "needs-privilege" } as const;
  expect(controlOutcome({ outcome: other }, null, "lost").isFailed).toBe(false);
});
