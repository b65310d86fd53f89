import { expect, test } from "vitest";
import { IN_USE, SUCCESS, sampleId, sampleRun } from "../../tests/samples/recorded-run.ts";
import { InputError } from "../model/problem.ts";
import type { Outcome } from "../model/observation.ts";
import { compareRuns, isChange } from "./compare-runs.ts";
import type { ObservationLine } from "./line.ts";
import type { RecordedRun } from "./recorded-run.ts";

const old = sampleRun({ outcomes: { none: SUCCESS, SO_REUSEADDR: IN_USE } });
const UNSTABLE: Outcome = { kind: "unstable", outcomes: [IN_USE, SUCCESS, IN_USE] };

/** The same run with other lines in place of its observations. */
function withObservations(
  run: RecordedRun,
  change: (line: ObservationLine) => Partial<ObservationLine>,
): RecordedRun {
  return { ...run, observations: run.observations.map((line) => ({ ...line, ...change(line) })) };
}

test("A result is itself, whatever the ports, durations and attempts.", () => {
  const again = withObservations(old, () => ({
    port: 9,
    durationMs: 999,
    attempts: 3,
    evidence: { discarded: ["somebody held port 8"] },
  }));
  const comparison = compareRuns([old], [again]);
  expect(comparison).toMatchObject({ changed: [], new: [], gone: [], unstable: [], same: 2 });
  expect(isChange(comparison)).toBe(false);
});

test("A changed outcome, a new and a gone experiment are changes.", () => {
  const now = sampleRun({ outcomes: { SO_REUSEADDR: SUCCESS, SO_REUSEPORT: IN_USE } });
  const comparison = compareRuns([old], [now]);
  expect(comparison).toMatchObject({
    changed: [
      {
        target: "local",
        experiment: sampleId("SO_REUSEADDR"),
        old: "EADDRINUSE (98) at bind",
        new: "success",
      },
    ],
    new: [{ experiment: sampleId("SO_REUSEPORT"), old: null, new: "EADDRINUSE (98) at bind" }],
    gone: [{ experiment: sampleId("none"), old: "success", new: null }],
    same: 0,
  });
});

const another: readonly [string, Outcome][] = [
  ["another code", { ...IN_USE, code: "EACCES" } as Outcome],
  ["the same code at another call", { ...IN_USE, step: "listen" } as Outcome],
  ["another number", { ...IN_USE, errno: 48 } as Outcome],
  ["a skip", { kind: "skipped", reason: "no-ipv6", detail: "" }],
  ["no decision", { kind: "broken", reason: "binder-died", detail: "" }],
];
test.each(another)("%s is a change.", (_, outcome) => {
  const now = sampleRun({ outcomes: { none: SUCCESS, SO_REUSEADDR: outcome } });
  const comparison = compareRuns([old], [now]);
  expect(comparison.changed).toHaveLength(1);
  expect(isChange(comparison)).toBe(true);
});

test("Other words for the same reason are no change.", () => {
  const broken = (detail: string): RecordedRun =>
    sampleRun({ outcomes: { none: { kind: "broken", reason: "binder-died", detail } } });
  expect(isChange(compareRuns([broken("port 1")], [broken("port 2")]))).toBe(false);
});

test("Who receives counts, not how much.", () => {
  const census = (first: number, second: number): RecordedRun =>
    sampleRun({ outcomes: { none: { kind: "delivered", sent: 9, shares: { first, second } } } });
  expect(isChange(compareRuns([census(4, 5)], [census(1, 8)]))).toBe(false);
  expect(compareRuns([census(4, 5)], [census(9, 0)]).changed).toMatchObject([
    { old: "to first+second", new: "to first" },
  ]);
});

test("What became unstable is a change, what was so before is reported and is not one.", () => {
  const shaky = sampleRun({ outcomes: { none: SUCCESS, SO_REUSEADDR: UNSTABLE } });
  const became = compareRuns([old], [shaky]);
  expect(became).toMatchObject({
    changed: [],
    unstable: [{ new: "unstable: EADDRINUSE (98) at bind, success" }],
  });
  expect(isChange(became)).toBe(true);
  expect(isChange(compareRuns([shaky], [old]))).toBe(true);
  const still = compareRuns([shaky], [shaky]);
  expect(still.unstable).toHaveLength(0);
  const otherwise: Outcome = { kind: "unstable", outcomes: [SUCCESS, { ...SUCCESS }] };
  const both = compareRuns(
    [shaky],
    [sampleRun({ outcomes: { none: SUCCESS, SO_REUSEADDR: otherwise } })],
  );
  expect(both.unstable).toHaveLength(1);
  expect(isChange(both)).toBe(false);
});

test("The changed steps of a scenario are reported.", () => {
  const scenario = (...outcomes: Outcome[]): RecordedRun =>
    withObservations(sampleRun({ outcomes: { none: outcomes.at(-1) ?? SUCCESS } }), () => ({
      steps: outcomes.map((outcome, step) => ({ step, label: `${step + 1} first open`, outcome })),
    }));
  const comparison = compareRuns([scenario(SUCCESS, SUCCESS)], [scenario(IN_USE)]);
  expect(comparison.changed).toMatchObject([
    { step: "1 first open", old: "success", new: "EADDRINUSE (98) at bind" },
    { step: "2 first open", old: "success", new: "not reached" },
  ]);
  expect(isChange(compareRuns([scenario(IN_USE, SUCCESS)], [scenario(IN_USE, SUCCESS)]))).toBe(
    false,
  );
});

test("A question that an older bindcheck did not ask of an option is no change; another answer is one.", () => {
  const option = (...values: string[]): RecordedRun =>
    withObservations(sampleRun({ outcomes: { none: SUCCESS } }), () => ({
      experiment: {
        id: "tcp/ipv4 option SO_TYPE",
        protocol: "tcp",
        family: "ipv4",
        option: "SO_TYPE",
      },
      steps: values.map((value, step) => ({
        step,
        label: ["default", "read-refused"][step] ?? "",
        outcome: { kind: "value", value, size: 4 },
      })),
    }));
  expect(isChange(compareRuns([option("1")], [option("1", "1")]))).toBe(false);
  expect(isChange(compareRuns([option("1", "1")], [option("1")]))).toBe(false);
  expect(compareRuns([option("1")], [option("2", "1")]).changed).toMatchObject([
    { step: "default", old: "value 1 size 4", new: "value 2 size 4" },
  ]);
});

test("Claims of a target that was lost were not measured.", () => {
  const verdicts = old.verdicts.map(
    (line) => ({ ...line, verdict: "broken", reason: "not-measured" }) as const,
  );
  expect(compareRuns([old], [{ ...old, observations: [], verdicts }]).changed).toMatchObject([
    { old: "EADDRINUSE (98) at bind", new: "broken: not-measured" },
    { old: "success", new: "broken: not-measured" },
  ]);
});

test("Targets are matched by name; what one side alone has is gone or new.", () => {
  const wine = sampleRun({ target: "wine", outcomes: { none: SUCCESS } });
  const gvisor = sampleRun({ target: "gvisor", outcomes: { none: SUCCESS } });
  expect(compareRuns([old, wine], [gvisor, old])).toMatchObject({
    targets: [
      { old: "local", new: "local" },
      { old: "wine", new: null },
      { old: null, new: "gvisor" },
    ],
    gone: [{ target: "wine" }],
    new: [{ target: "gvisor" }],
    same: 2,
  });
});

test("Two single targets are compared whatever their names.", () => {
  const netns = sampleRun({ target: "netns", outcomes: { none: SUCCESS, SO_REUSEADDR: IN_USE } });
  const comparison = compareRuns([old], [netns]);
  expect(comparison.same).toBe(2);
  expect(comparison.targets).toMatchObject([{ old: "local", new: "netns" }]);
});

test("Results without a common target, or with one experiment twice, cannot be compared.", () => {
  const [a, b, c] = ["a", "b", "c"].map((target) => sampleRun({ target, outcomes: {} }));
  if (!a || !b || !c) throw new Error("there are three");
  expect(() => compareRuns([a, b], [c])).toThrow(
    new InputError(["the two results have no target in common ('a', 'b'; 'c')"]),
  );
  expect(() => compareRuns([old, { ...old }], [old])).toThrow(/overlap/);
});
