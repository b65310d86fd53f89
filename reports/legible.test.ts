import { expect, test } from "vitest";
import { legible, oneLine } from "./legible.ts";

test.each([
  ["control characters", "a\u0000b\u001b[31m\u007f\u0085", "a\ufffdb\ufffd[31m\ufffd\ufffd"],
  ["lone surrogates, but not pairs", "\ud83c 🎉 \udf89", "\ufffd 🎉 \ufffd"],
  ["Unicode line ends and non-characters", "\u2028\u2029\ufffe\uffff", "\ufffd".repeat(4)],
  ["what turns the direction of writing", "a\u202eb\u2066c\u200f", "a\ufffdb\ufffdc\ufffd"],
  ["Windows line ends", "a\r\nb\rc", "a\nb\ufffdc"],
  ["nothing of an ordinary text", '\ta & <b> "c" # é 漢\n', '\ta & <b> "c" # é 漢\n'],
])("legible replaces %s", (_what, text, expected) => {
  expect(legible(text)).toBe(expected);
});

test("oneLine turns every kind of white space into single spaces", () => {
  expect(oneLine(" a\r\n\tb\u2028c  d\u0000 ")).toBe("a b c d\ufffd");
});
