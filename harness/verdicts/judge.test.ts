import { expect, test } from "vitest";
import { sampleClaim } from "../../tests/samples/claim.ts";
import type { Claim } from "../model/claim.ts";
import type { Outcome } from "../model/observation.ts";
import { judge } from "./judge.ts";

const refused = (step: "set-option" | "bind" | "listen", code: string, errno: number): Outcome => ({
  kind: "error",
  step,
  code,
  errno,
});

const OUTCOMES = {
  success: { kind: "success" },
  "bind WSAEADDRINUSE": refused("bind", "WSAEADDRINUSE", 10_048),
  "bind WSAEACCES": refused("bind", "WSAEACCES", 10_013),
  "bind EADDRINUSE on Linux": refused("bind", "EADDRINUSE", 98),
  "bind EADDRINUSE on FreeBSD": refused("bind", "EADDRINUSE", 48),
  "bind EACCES": refused("bind", "EACCES", 13),
  "listen EADDRINUSE": refused("listen", "EADDRINUSE", 98),
  "set-option ENOPROTOOPT": refused("set-option", "ENOPROTOOPT", 92),
} satisfies Record<string, Outcome>;

/** For each expectation the outcomes that it allows; every other one contradicts it. */
const ALLOWED: Readonly<Record<string, readonly (keyof typeof OUTCOMES)[]>> = {
  success: ["success"],
  "success*": ["success"],
  "10048": ["bind WSAEADDRINUSE"],
  "10013": ["bind WSAEACCES"],
  "10013 | 10048": ["bind WSAEACCES", "bind WSAEADDRINUSE"],
  EADDRINUSE: ["bind EADDRINUSE on Linux", "bind EADDRINUSE on FreeBSD"],
  EACCES: ["bind EACCES"],
  "success | EADDRINUSE": ["success", "bind EADDRINUSE on Linux", "bind EADDRINUSE on FreeBSD"],
  "EADDRINUSE | 10048": [
    "bind EADDRINUSE on Linux",
    "bind EADDRINUSE on FreeBSD",
    "bind WSAEADDRINUSE",
  ],
  "listen EADDRINUSE": ["listen EADDRINUSE"],
  "set-option ENOPROTOOPT": ["set-option ENOPROTOOPT"],
};

const TABLE = Object.entries(ALLOWED).flatMap(([expected, allowed]) =>
  Object.entries(OUTCOMES).map(([name, outcome]) => ({
    expected,
    name,
    outcome,
    word: allowed.some((each) => each === name) ? "held" : "contradicted",
  })),
);

test.each(TABLE)("'$expected' against $name: $word", ({ expected, outcome, word }) => {
  expect(judge(sampleClaim(expected), outcome)).toEqual({ word });
});

test.each(Object.keys(ALLOWED))(
  "'%s' is neither held nor contradicted by what was not seen.",
  (expected) => {
    const claim = sampleClaim(expected);
    expect(judge(claim, { kind: "skipped", reason: "no-ipv6", detail: "why" })).toEqual({
      word: "skipped",
      reason: "no-ipv6",
      detail: "why",
    });
    expect(judge(claim, { kind: "broken", reason: "binder-died", detail: "how" })).toEqual({
      word: "broken",
      reason: "binder-died",
      detail: "how",
    });
    const outcomes = [OUTCOMES.success, OUTCOMES["bind WSAEADDRINUSE"], OUTCOMES.success];
    expect(judge(claim, { kind: "unstable", outcomes })).toEqual({
      word: "broken",
      reason: "unstable",
      detail: "3 tries did not come out alike",
    });
  },
);

test("Where a document leaves open what happens, nothing is judged.", () => {
  expect(judge({ allowed: [] }, OUTCOMES.success)).toEqual({
    word: "skipped",
    reason: "undetermined",
    detail: "the document leaves open what happens",
  });
});

test("'refused' is any error, and nothing but an error.", () => {
  const claim = { allowed: [{ kind: "refused" }] } as const;
  expect(judge(claim, OUTCOMES["bind EACCES"])).toEqual({ word: "held" });
  expect(judge(claim, OUTCOMES["set-option ENOPROTOOPT"])).toEqual({ word: "held" });
  for (const other of [
    OUTCOMES.success,
    { kind: "value", value: "1", size: 4 },
    { kind: "delivered", shares: { a: 1 }, sent: 1 },
  ] satisfies Outcome[])
    expect(judge(claim, other)).toEqual({ word: "contradicted" });
});

const value = (text: string, size = 4): Outcome => ({ kind: "value", value: text, size });

test.each<[string, Claim["allowed"][number], Outcome, "held" | "contradicted"]>([
  ["the value itself", valued("=", "1"), value("1"), "held"],
  ["another value", valued("=", "1"), value("2"), "contradicted"],
  ["the same number, written otherwise", valued("=", "1"), value("01"), "contradicted"],
  ["text that is the same", valued(">=", "lo"), value("lo"), "held"],
  ["text beside a number", valued(">=", "1"), value("lo"), "contradicted"],
  ["a number beside text", valued("<=", "lo"), value("1"), "contradicted"],
  ["as much as is wanted at least", valued(">=", "100"), value("100"), "held"],
  ["more than is wanted at least", valued(">=", "99"), value("100"), "held"],
  ["less than is wanted at least", valued(">=", "100"), value("99"), "contradicted"],
  ["the same number where at least is said", valued(">=", "100"), value("1e2"), "held"],
  ["the same number where at most is said", valued("<=", "100"), value("1e2"), "held"],
  ["less than is wanted at most", valued("<=", "100"), value("99"), "held"],
  ["more than is wanted at most", valued("<=", "99"), value("100"), "contradicted"],
  ["the size that is said", { kind: "value", size: 4 }, value("7"), "held"],
  ["another size", { kind: "value", size: 4 }, value("7", 8), "contradicted"],
  ["the value in another size", { ...valued("=", "1"), size: 4 }, value("1", 8), "contradicted"],
  ["the size with another value", { ...valued("=", "1"), size: 4 }, value("2"), "contradicted"],
  ["both", { ...valued("=", "1"), size: 4 }, value("1"), "held"],
  ["any value at all", { kind: "value" }, value("7"), "held"],
  ["no value", { kind: "value" }, { kind: "success" }, "contradicted"],
  ["no value but an error", { kind: "value", size: 4 }, OUTCOMES["bind EACCES"], "contradicted"],
  ["a value where success is said", { kind: "success" }, value("1"), "contradicted"],
])("An option's value against %s.", (_what, allowed, outcome, word) => {
  expect(judge({ allowed: [allowed] }, outcome)).toEqual({ word });
});

function valued(relation: "=" | ">=" | "<=", text: string) {
  return { kind: "value", value: { relation, text } } as const;
}

test("A claim that needs more than a socket is skipped with that, whatever was observed.", () => {
  const claim = { allowed: [{ kind: "success" }], needs: "needs a raw socket" } as const;
  for (const outcome of [OUTCOMES.success, OUTCOMES["bind EACCES"]])
    expect(judge(claim, outcome)).toEqual({
      word: "skipped",
      reason: "not-askable",
      detail: "needs a raw socket",
    });
});
