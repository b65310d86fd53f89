import { expect, test } from "vitest";
import { exitCode, explorationExitCode, codeReason, type RunEnd } from "./exit-code.ts";

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

test.each<[string, Parameters<typeof codeOf>, number]>([
  ["every claim held", [{ held: 5 }], 0],
  ["some were skipped", [{ held: 5, skipped: 3 }], 0],
  ["some do not apply", [{ held: 5, skipped: 3 }, { notApplicable: 3 }], 0],
  ["a report could not be written", [{ held: 5 }, { lostReports: 1 }], 3],
  ["a claim is contradicted", [{ held: 5, contradicted: 1 }], 1],
  ["every contradiction is known", [{ "known-deviation": 5 }], 0],
  ["a known deviation is stale", [{ held: 5, "stale-deviation": 1 }], 1],
  ["256 claims are contradicted", [{ contradicted: 256 }], 1],
  ["nothing was judged at all", [{}], 2],
  ["nothing applies", [{ skipped: 3 }, { notApplicable: 3 }], 2],
  ["everything was skipped", [{ skipped: 3 }], 3],
  ["some do not apply and the others were skipped", [{ skipped: 3 }, { notApplicable: 2 }], 3],
  ["a verdict is broken", [{ held: 5, broken: 1 }], 3],
  ["256 verdicts are broken", [{ broken: 256 }], 3],
  ["broken counts before contradicted", [{ contradicted: 1, broken: 1 }], 3],
  ["a target is broken", [{ held: 5 }, { brokenTargets: 1 }], 3],
  ["a target is broken and nothing else is there", [{}, { brokenTargets: 1 }], 3],
  ["results were cut off", [{ held: 5 }, { isCutOff: true }], 3],
  ["results were cut off and contradict", [{ contradicted: 1 }, { isCutOff: true }], 3],
  ["the user interrupted", [{ held: 5 }, { isInterrupted: true }], 130],
  ["the user interrupted before anything was judged", [{}, { isInterrupted: true }], 130],
  [
    "an interruption counts before everything else",
    [
      { contradicted: 1, broken: 1 },
      { isInterrupted: true, brokenTargets: 1 },
    ],
    130,
  ],
  ["a skip is to fail", [{ held: 5, skipped: 1 }, { failOnSkip: true }], 1],
  ["a skip is to fail and there is none", [{ held: 5 }, { failOnSkip: true }], 0],
  [
    "a skip is to fail and what is skipped does not apply",
    [
      { held: 5, skipped: 3 },
      { failOnSkip: true, notApplicable: 3 },
    ],
    0,
  ],
  ["a skip is to fail and everything is skipped", [{ skipped: 3 }, { failOnSkip: true }], 3],
])("%s", (_when, run, code) => {
  expect(codeOf(...run)).toBe(code);
});

const EXPLORED = {
  observations: 5,
  undecided: 0,
  brokenTargets: 0,
  lostReports: 0,
  isInterrupted: false,
};

test.each([
  ["everything was decided", {}, 0],
  ["there was nothing to observe", { observations: 0 }, 2],
  ["something was not decided", { undecided: 1 }, 3],
  ["a target was lost", { brokenTargets: 1 }, 3],
  ["a target was lost before anything was observed", { observations: 0, brokenTargets: 1 }, 3],
  ["a report was lost", { lostReports: 1 }, 3],
  ["its results were cut off", { isCutOff: true }, 3],
  [
    "it was interrupted, whatever else",
    { isInterrupted: true, undecided: 1, brokenTargets: 1 },
    130,
  ],
])("An exploration in which %s", (_when, end, code) => {
  expect(explorationExitCode({ ...EXPLORED, ...end })).toBe(code);
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

test.each<
  [string, number, Partial<RunEnd["counts"]>, Partial<Omit<RunEnd, "counts">>, string | null]
>([
  ["3 after a lost report", 3, {}, { lostReports: 1 }, "a report could not be written to its end"],
  ["3 with every report", 3, {}, { failOnSkip: true }, null],
  ["130 after a lost report", 130, {}, { lostReports: 1 }, null],
  ["1 for a skip", 1, {}, { failOnSkip: true }, "claims were skipped (--fail-on-skip)"],
  ["1 where skips are fine", 1, {}, {}, null],
  ["1 for a contradiction", 1, { contradicted: 1 }, { failOnSkip: true }, null],
  ["1 for a stale deviation", 1, { "stale-deviation": 1 }, { failOnSkip: true }, null],
  ["0", 0, {}, { failOnSkip: true }, null],
])(
  "The reason for exit code %s is told where nothing else tells it.",
  (_, code, counts, rest, reason) => {
    const end: RunEnd = {
      counts: { ...NOTHING, ...counts },
      notApplicable: 0,
      brokenTargets: 0,
      lostReports: 0,
      isInterrupted: false,
      failOnSkip: false,
      ...rest,
    };
    expect(codeReason(end, code)).toBe(reason && `exit code ${code}: ${reason}`);
  },
);
