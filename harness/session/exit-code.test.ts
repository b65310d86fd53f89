import { expect, test } from "vitest";
import { exitCode, type RunEnd } from "./exit-code.ts";

const NOTHING = {
  held: 0,
  contradicted: 0,
  "known-deviation": 0,
  "stale-deviation": 0,
  skipped: 0,
  broken: 0,
};

function codeOf(
  counts: Partial<RunEnd["counts"]>,
  rest: Partial<Omit<RunEnd, "counts">> = {},
): number {
  return exitCode({
    counts: { ...NOTHING, ...counts },
    notApplicable: 0,
    brokenTargets: 0,
    lostReports: 0,
    isInterrupted: false,
    failOnSkip: false,
    ...rest,
  });
}

test.each([
  ["every claim held", codeOf({ held: 5 }), 0],
  ["some were skipped", codeOf({ held: 5, skipped: 3 }), 0],
  ["some do not apply", codeOf({ held: 5, skipped: 3 }, { notApplicable: 3 }), 0],
  ["a report could not be written", codeOf({ held: 5 }, { lostReports: 1 }), 3],
  ["a claim is contradicted", codeOf({ held: 5, contradicted: 1 }), 1],
  ["every contradiction is known", codeOf({ "known-deviation": 5 }), 0],
  ["a known deviation is stale", codeOf({ held: 5, "stale-deviation": 1 }), 1],
  ["256 claims are contradicted", codeOf({ contradicted: 256 }), 1],
  ["nothing was judged at all", codeOf({}), 2],
  ["nothing applies", codeOf({ skipped: 3 }, { notApplicable: 3 }), 2],
  ["everything was skipped", codeOf({ skipped: 3 }), 3],
  [
    "some do not apply and the others were skipped",
    codeOf({ skipped: 3 }, { notApplicable: 2 }),
    3,
  ],
  ["a verdict is broken", codeOf({ held: 5, broken: 1 }), 3],
  ["256 verdicts are broken", codeOf({ broken: 256 }), 3],
  ["broken counts before contradicted", codeOf({ contradicted: 1, broken: 1 }), 3],
  ["a target is broken", codeOf({ held: 5 }, { brokenTargets: 1 }), 3],
  ["a target is broken and nothing else is there", codeOf({}, { brokenTargets: 1 }), 3],
  ["results were cut off", codeOf({ held: 5 }, { isCutOff: true }), 3],
  ["results were cut off and contradict", codeOf({ contradicted: 1 }, { isCutOff: true }), 3],
  ["the user interrupted", codeOf({ held: 5 }, { isInterrupted: true }), 130],
  ["the user interrupted before anything was judged", codeOf({}, { isInterrupted: true }), 130],
  [
    "an interruption counts before everything else",
    codeOf({ contradicted: 1, broken: 1 }, { isInterrupted: true, brokenTargets: 1 }),
    130,
  ],
  ["a skip is to fail", codeOf({ held: 5, skipped: 1 }, { failOnSkip: true }), 1],
  ["a skip is to fail and there is none", codeOf({ held: 5 }, { failOnSkip: true }), 0],
  [
    "a skip is to fail and what is skipped does not apply",
    codeOf({ held: 5, skipped: 3 }, { failOnSkip: true, notApplicable: 3 }),
    0,
  ],
  ["a skip is to fail and everything is skipped", codeOf({ skipped: 3 }, { failOnSkip: true }), 3],
])("%s: the code is %i", (_when, code, expected) => {
  expect(code).toBe(expected);
});

test("The code is 0 only if something held and nothing is wrong, in every combination.", () => {
  const some = [0, 1, 256];
  const combinations = some.flatMap((held) =>
    some.flatMap((contradicted) =>
      some.flatMap((broken) =>
        some.flatMap((skipped) =>
          [0, 1].flatMap((brokenTargets) =>
            [false, true].map((isInterrupted) => ({
              counts: { held, contradicted, broken, skipped },
              rest: { brokenTargets, isInterrupted },
            })),
          ),
        ),
      ),
    ),
  );
  const good = combinations.filter(({ counts, rest }) => codeOf(counts, rest) === 0);
  expect(combinations).toHaveLength(324);
  expect(good).toEqual(
    combinations.filter(
      ({ counts, rest }) =>
        counts.held > 0 &&
        counts.contradicted + counts.broken + rest.brokenTargets === 0 &&
        !rest.isInterrupted,
    ),
  );
});
