import { expect, test } from "vitest";
import { OUTCOME_PATTERN, parseOutcomeText } from "./outcome-text.ts";

const SUCCESS = { kind: "success" };
const bindError = (code: number | string) => ({ kind: "error", step: "bind", code });

test.each([
  ["success", [SUCCESS]],
  ["success*", [SUCCESS]],
  ["10048", [bindError(10_048)]],
  ["EADDRINUSE", [bindError("EADDRINUSE")]],
  ["10048 | 10013", [bindError(10_048), bindError(10_013)]],
  ["success | EADDRINUSE", [SUCCESS, bindError("EADDRINUSE")]],
  ["listen EADDRINUSE", [{ kind: "error", step: "listen", code: "EADDRINUSE" }]],
  ["set-option 10042", [{ kind: "error", step: "set-option", code: 10_042 }]],
  ["socket EAFNOSUPPORT", [{ kind: "error", step: "socket", code: "EAFNOSUPPORT" }]],
])("'%s' is an outcome.", (text, allowed) => {
  expect(text).toMatch(OUTCOME_PATTERN);
  expect(parseOutcomeText(text)).toEqual(allowed);
});

test("'n/a' stands for no experiment.", () => {
  expect("n/a").toMatch(OUTCOME_PATTERN);
  expect(parseOutcomeText("n/a")).toBeNull();
});

test.each([
  "10O48",
  "10049 ",
  "EADDRINUS",
  "eaddrinuse",
  "Success",
  "",
  "*",
  "success**",
  "10048|10013",
  "10048 |",
  "n/a | success",
  "accept EADDRINUSE",
  "listen success",
  "12345",
  "success\n10048",
])("'%s' is not an outcome.", (text) => {
  expect(text).not.toMatch(OUTCOME_PATTERN);
});
