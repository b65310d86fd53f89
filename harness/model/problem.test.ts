import { expect, test } from "vitest";
import { InputError, MOST_OF_A_LINE, problemText } from "./problem.ts";

test("A line that says what is wrong is one line, and of a long one the two ends stay.", () => {
  const { lines } = new InputError([
    `a.yaml:1:2: ${"x".repeat(5000)} (allowed: y)`,
    "one\r\ntwo\u2028three",
    "short",
  ]);
  expect(lines.map(({ length }) => length)).toEqual([MOST_OF_A_LINE, 13, 5]);
  expect(lines[0]).toMatch(/^a\.yaml:1:2: x+ … x+ \(allowed: y\)$/);
  expect(lines.slice(1)).toEqual(["one two three", "short"]);
});

test("What is as long as a line may be stays whole.", () => {
  const problem = { file: "f", line: 1, column: 2, message: "x".repeat(MOST_OF_A_LINE - 7) };
  expect(problemText(problem)).toBe(`f:1:2: ${problem.message}`);
  expect(problemText({ ...problem, message: `${problem.message}y` })).toHaveLength(MOST_OF_A_LINE);
});
