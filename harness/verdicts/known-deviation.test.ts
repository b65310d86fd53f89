import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import type { Outcome } from "../model/observation.ts";
import {
  applyDeviations,
  createDeviationFinder,
  idMatcher,
  type KnownDeviation,
} from "./known-deviation.ts";
import type { Verdict } from "../model/verdict.ts";

const DENIED: Outcome = { kind: "error", step: "bind", code: "WSAEACCES", errno: 10013 };
const CONTRADICTED: Verdict = { word: "contradicted" };
const TODAY = "2026-06-15";

function known(told: Partial<KnownDeviation> = {}): KnownDeviation {
  return {
    platform: "wine",
    versions: null,
    document: "sample",
    experiments: ["*"],
    step: null,
    observed: "WSAEACCES",
    reason: "looked at",
    expires: null,
    ...told,
  };
}

const judge = (verdict: Verdict, outcome: Outcome, ...deviations: KnownDeviation[]): Verdict =>
  applyDeviations(verdict, outcome, deviations, TODAY);

test.each(["WSAEACCES", "10013"])("A contradiction that is seen as %s is known.", (observed) => {
  expect(judge(CONTRADICTED, DENIED, known({ observed }))).toEqual({
    word: "known-deviation",
    detail: "looked at",
  });
});

const otherwise: readonly [string, Outcome][] = [
  ["success", { kind: "success" }],
  ["another code", { ...DENIED, code: "WSAEADDRINUSE", errno: 10048 }],
  ["the code at another call", { ...DENIED, step: "listen" }],
];
test.each(otherwise)(
  "%s in its place stays contradicted, and says what is known.",
  (_, outcome) => {
    expect(judge(CONTRADICTED, outcome, known())).toEqual({
      word: "contradicted",
      detail: "known to be WSAEACCES: looked at",
    });
  },
);

test.each(["broken", "skipped"] as const)("What is %s stays so.", (word) => {
  const verdict = { word, reason: "no-ipv6", detail: "off" } as const;
  expect(judge(verdict, { kind: "skipped", reason: "no-ipv6", detail: "off" }, known())).toBe(
    verdict,
  );
});

test("What came with the package is marked; the caller's own word comes before it.", () => {
  const shipped = known({ shipped: true, reason: "shipped" });
  expect(judge(CONTRADICTED, DENIED, shipped)).toEqual({
    word: "known-deviation",
    detail: "shipped",
    shipped: true,
  });
  expect(judge(CONTRADICTED, DENIED, known(), shipped)).toEqual({
    word: "known-deviation",
    detail: "looked at",
  });
  const other = known({ observed: "success" });
  expect(judge(CONTRADICTED, DENIED, other, shipped)).toMatchObject({ shipped: true });
  expect(judge(CONTRADICTED, DENIED, known({ expires: "2020-01-01" }), shipped)).toMatchObject({
    shipped: true,
  });
});

test("What came with the package and no longer occurs is not a fault of the caller's.", () => {
  const shipped = known({ shipped: true });
  expect(judge({ word: "held" }, DENIED, shipped)).toEqual({ word: "held" });
  expect(judge({ word: "held" }, DENIED, shipped, known()).word).toBe("stale-deviation");
});

test("A deviation that no longer occurs is stale.", () => {
  expect(judge({ word: "held" }, DENIED, known())).toEqual({
    word: "stale-deviation",
    detail: "no longer occurs: looked at",
  });
});

test("What nothing is known of is left alone.", () => {
  expect(judge(CONTRADICTED, DENIED)).toBe(CONTRADICTED);
});

test("The day on which it expires is the last on which it counts.", () => {
  expect(judge(CONTRADICTED, DENIED, known({ expires: TODAY })).word).toBe("known-deviation");
  expect(judge(CONTRADICTED, DENIED, known({ expires: "2026-06-14" }))).toEqual({
    word: "contradicted",
    detail: "known until 2026-06-14: looked at",
  });
});

test("Of several the one of the exact outcome counts.", () => {
  const other = known({ observed: "success", reason: "another" });
  expect(judge(CONTRADICTED, DENIED, other, known()).detail).toBe("looked at");
});

test("Who got what is an exact outcome too.", () => {
  const shared: Outcome = { kind: "delivered", sent: 5, shares: { first: 2, second: 3, third: 0 } };
  const observed = "to first+second";
  expect(judge(CONTRADICTED, shared, known({ observed })).word).toBe("known-deviation");
  const alone: Outcome = { kind: "delivered", sent: 5, shares: { first: 5, second: 0 } };
  expect(judge(CONTRADICTED, alone, known({ observed })).word).toBe("contradicted");
});

const claim = sampleClaim("success", {
  document: sampleDocument({ id: "here" }),
  experiment: sampleExperiment(),
});
const ID = "tcp/ipv4 none@wildcard > none@wildcard";

test.each([
  ["its id", [ID], true],
  ["one of several ids", ["udp/ipv4 x", ID], true],
  ["a star for any text", ["tcp/* > none@wildcard"], true],
  ["a star for no text", [`${ID}*`], true],
  ["the beginning of the id", ["tcp/ipv4 none@wildcard > none"], false],
  ["the end of the id", ["none@wildcard"], false],
  ["a regular expression", ["tcp.ipv4 .+"], false],
  ["another id", ["udp/ipv4 none@wildcard > none@wildcard"], false],
])("A deviation speaks of an experiment by %s.", (_, experiments, isFound) => {
  const deviation = known({ document: "here", experiments });
  expect(createDeviationFinder([deviation])(claim, null)).toEqual(isFound ? [deviation] : []);
});

test("It speaks of its own document and step alone.", () => {
  const find = createDeviationFinder([
    known({ document: "there" }),
    known({ document: "here", step: "2 second open" }),
  ]);
  expect(find(claim, null)).toEqual([]);
  expect(find(claim, "1 first open")).toEqual([]);
  expect(find(claim, "2 second open")).toHaveLength(1);
});

test("A star stands for any text, as in a regular expression.", () => {
  const letters = (...of: string[]) =>
    fc.array(fc.constantFrom(...of), { maxLength: 8 }).map((all) => all.join(""));
  fc.assert(
    fc.property(letters("a", "b", "*"), letters("a", "b"), (pattern, id) => {
      const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(id);
      expect(idMatcher(["other", pattern])(id)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test("Very many stars are matched as quickly as one.", () => {
  expect(idMatcher([`${"*a".repeat(5000)}!`])("a".repeat(5000))).toBe(false);
});
