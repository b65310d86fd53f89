import { expect, test } from "vitest";
import { logonProblem } from "./logon-problem.ts";

test.each([
  [1326, /password is wrong/],
  [1385, /Allow log on locally/],
  [1058, /Set-Service seclogon/],
  [5, /LocalSystem/],
  [267, /folder of Node/],
])("Windows error %d is put into words that say what to do.", (code, words) => {
  expect(logonProblem("other", code)).toMatch(words);
  expect(logonProblem("other", code)).toContain(`Windows error ${code}: `);
});

test("Any other error is reported by its number and the call.", () => {
  expect(logonProblem("other", 87)).toBe(
    "Windows error 87 (CreateProcessWithLogonW, account other)",
  );
});
