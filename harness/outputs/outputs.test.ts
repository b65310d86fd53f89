import { expect, test } from "vitest";
import { takesColours } from "./outputs.ts";

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: "1" }, false],
  [true, { NO_COLOR: "" }, true],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [true, { FORCE_COLOR: "false" }, false],
  [false, { NO_COLOR: "1", FORCE_COLOR: "1" }, true],
  [true, { NO_COLOR: "1", FORCE_COLOR: "0" }, false],
])("A terminal (%j) with %j takes colours: %j", (isTerminal, environment, takes) => {
  expect(takesColours(isTerminal, environment)).toBe(takes);
});
