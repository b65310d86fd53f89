import { expect, test } from "vitest";
import { openStep, readOpened, type BindAddress } from "./endpoint-steps.ts";

const PLACE: BindAddress = { protocol: "tcp", family: "ipv4", address: "127.0.0.1", port: 9 };
const OPEN = openStep({ options: [], state: "bound", api: "socket" }, PLACE, 1, "windows");

const outcomeOf = (result: Parameters<typeof readOpened>[1]) =>
  readOpened(OPEN, result, PLACE).outcome;

test.each([
  ["set-option", { kind: "error", step: "set-option", code: "no-code", errno: 0 }],
  ["bind", { kind: "broken", reason: "error-without-code" }],
  ["local-address", { kind: "broken", reason: "error-without-code" }],
])("A refusal at %s without an error is decided for an option alone.", (call, outcome) => {
  expect(outcomeOf({ errno: 0, code: "error 0", call })).toMatchObject(outcome);
});

test("Only a call that opening makes can refuse an endpoint.", () => {
  expect(outcomeOf({ errno: 10013, code: "WSAEACCES", call: "listen" })).toMatchObject({
    kind: "error",
    step: "listen",
  });
  expect(outcomeOf({ errno: 10013, code: "WSAEACCES", call: "accept" })).toEqual({
    kind: "broken",
    reason: "binder-problem",
    detail: "accept failed with WSAEACCES (10013)",
  });
});
