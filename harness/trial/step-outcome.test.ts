import { expect, test } from "vitest";
import { stepOutcome } from "./step-outcome.ts";

test.each([
  ["get-option", { kind: "error", step: "get-option", code: "no-code", errno: 0 }],
  ["set-option", { kind: "error", step: "set-option", code: "no-code", errno: 0 }],
  ["bind", { kind: "broken", reason: "error-without-code" }],
] as const)("A failure of %s without an error is decided for an option alone.", (step, outcome) => {
  expect(stepOutcome({ errno: 0 }, step)).toMatchObject(outcome);
});

test("An error belongs to the call that the result names, where a step makes several.", () => {
  const failed = { errno: 92, code: "ENOPROTOOPT" };
  const error = { kind: "error", ...failed };
  expect(stepOutcome({ ...failed, call: "set-option" }, "connect")).toEqual({
    ...error,
    step: "set-option",
  });
  expect(stepOutcome({ ...failed, call: "WSAIoctl" }, "connect")).toEqual({
    ...error,
    step: "connect",
  });
});
