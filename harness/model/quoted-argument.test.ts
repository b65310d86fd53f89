import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { quotedArgument } from "./quoted-argument.ts";

test.each([
  ["tcp/ipv4 none@wildcard > SO_REUSEADDR@specific", "redirects nothing"],
  ["it's mine.yaml", "keeps a quotation mark"],
  ['a "b" $(echo c) `d` $HOME', "expands nothing"],
  [String.raw`C:\case files\mine.yaml`, "keeps backslashes"],
  [String.raw`C:\cases\ `.trim(), "does not escape its own end"],
])("%s: %s.", (text) => {
  const quoted = quotedArgument(text);
  expect(quoted).toMatch(/^".*"$/);
  if (process.platform === "win32") return;
  const echo = `printf %s ${quoted}`;
  expect(execFileSync("sh", ["-c", echo], { encoding: "utf8" })).toBe(text);
});

test("A line break becomes a space.", () => {
  expect(quotedArgument("a\nb")).toBe('"a b"');
});
