import { expect, test } from "vitest";
import { judge } from "./judge.ts";

const word = (to: string, shares: Readonly<Record<string, number>>, sent = 100): string =>
  judge({ allowed: [{ kind: "delivered", to }] }, { kind: "delivered", sent, shares }).word;

test.each([
  ["one", { one: 100, two: 0 }, "held"],
  ["one", { one: 99, two: 1 }, "contradicted"],
  ["one", { one: 0, two: 100 }, "contradicted"],
  ["one", { one: 0, two: 0 }, "contradicted"],
  ["one+two", { one: 40, two: 60, three: 0 }, "held"],
  ["one+two", { one: 100, two: 0, three: 0 }, "held"],
  ["one+two", { one: 40, two: 59, three: 1 }, "contradicted"],
  ["one+two", { one: 0, two: 0, three: 0 }, "contradicted"],
  ["each", { one: 1, two: 99 }, "held"],
  ["each", { one: 100, two: 0 }, "contradicted"],
  ["all", { one: 100, two: 100 }, "held"],
  ["all", { one: 50, two: 50 }, "contradicted"],
  ["all", { one: 100, two: 99 }, "contradicted"],
  ["nobody", { one: 0, two: 0 }, "held"],
  ["nobody", { one: 0, two: 1 }, "contradicted"],
])("To %s: %j is %s.", (to, shares, verdict) => {
  expect(word(to, shares)).toBe(verdict);
});

test("A refusal is not a delivery.", () => {
  const refused = { kind: "error", step: "connect", code: "ECONNREFUSED", errno: 111 } as const;
  expect(judge({ allowed: [{ kind: "delivered", to: "one" }] }, refused).word).toBe("contradicted");
});
