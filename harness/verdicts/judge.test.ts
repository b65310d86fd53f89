import { expect, test } from "vitest";
import { sampleClaim } from "../../tests/samples/claim.ts";
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
