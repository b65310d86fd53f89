import { expect, test } from "vitest";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import { DOUBTING, IN_USE, SUCCESS, tried } from "../../tests/samples/tries.ts";
import type { Outcome } from "../model/observation.ts";
import {
  createTask,
  observeLoss,
  observeWithoutTrying,
  settle,
  type Doubt,
  type Try,
} from "./task.ts";

const TRUSTING: Doubt = { isDoubtful: () => false, confirm: 2 };

const discarded = (why: string): Try => ({
  result: { counts: false, reason: "port-held-by-another", why },
  port: 20_000,
  durationMs: 1,
});

test("What was tried in a batch has no time of its own.", () => {
  const attempt = { ...tried(IN_USE), durationMs: null };
  expect(settle(createTask(sampleExperiment()), attempt, TRUSTING)?.durationMs).toBeNull();
});

test("An outcome that is not in doubt is settled at once.", () => {
  const task = createTask(sampleExperiment());
  expect(settle(task, tried(IN_USE), TRUSTING)).toEqual({
    experiment: sampleExperiment(),
    outcome: IN_USE,
    attempts: 1,
    durationMs: 1.235,
    port: 20_000,
    evidence: { afterFirstClosed: "success" },
  });
});

test("A doubtful outcome is repeated as often as asked, and stands when all agree.", () => {
  const task = createTask(sampleExperiment());
  expect(settle(task, tried(IN_USE, 1), DOUBTING)).toBeNull();
  expect(settle(task, tried(IN_USE, 2), DOUBTING)).toBeNull();
  expect(settle(task, tried(IN_USE, 3), DOUBTING)).toMatchObject({
    outcome: IN_USE,
    attempts: 3,
    port: 3,
  });
});

test("Without confirmation a doubtful outcome stands at once.", () => {
  const task = createTask(sampleExperiment());
  const settled = settle(task, tried(IN_USE), { ...DOUBTING, confirm: 0 });
  expect(settled).toMatchObject({ outcome: IN_USE, attempts: 1 });
});

test.each([
  [[IN_USE, IN_USE, SUCCESS]],
  [[{ ...IN_USE, code: "EINVAL" }, SUCCESS, SUCCESS]],
  [[{ ...IN_USE, code: "EACCES" }, SUCCESS, SUCCESS]],
  [[IN_USE, { ...IN_USE, errno: 48 }, IN_USE]],
  [[IN_USE, { ...IN_USE, step: "listen" }, IN_USE]],
] as Outcome[][][])("Tries that differ are unstable, with all of them: %o", (outcomes) => {
  const task = createTask(sampleExperiment());
  const settled = outcomes.map((outcome) => settle(task, tried(outcome), DOUBTING));
  expect(settled.slice(0, 2)).toEqual([null, null]);
  expect(settled[2]).toMatchObject({ outcome: { kind: "unstable", outcomes }, attempts: 3 });
});

test("The second try decides nothing about doubt: only the first outcome opens a confirmation.", () => {
  const task = createTask(sampleExperiment());
  const isDoubtful: Doubt["isDoubtful"] = ({ outcome }) => outcome.kind === "error";
  expect(settle(task, tried(IN_USE), { isDoubtful, confirm: 1 })).toBeNull();
  expect(settle(task, tried(IN_USE), { isDoubtful, confirm: 1 })).toMatchObject({ attempts: 2 });
});

test("A try that cannot count is repeated, and told in the evidence.", () => {
  const task = createTask(sampleExperiment());
  expect(settle(task, discarded("port 1 was taken"), TRUSTING)).toBeNull();
  expect(settle(task, discarded("port 2 was taken"), TRUSTING)).toBeNull();
  expect(settle(task, tried(SUCCESS), TRUSTING)).toMatchObject({
    outcome: SUCCESS,
    attempts: 1,
    evidence: { discarded: ["port 1 was taken", "port 2 was taken"] },
  });
});

test("Five tries that cannot count are broken, never a verdict.", () => {
  const task = createTask(sampleExperiment());
  for (const why of ["one", "two", "three", "four"])
    expect(settle(task, discarded(why), TRUSTING)).toBeNull();
  expect(settle(task, discarded("five"), TRUSTING)).toMatchObject({
    outcome: { kind: "broken", reason: "port-held-by-another", detail: "five" },
    attempts: 0,
    evidence: { discarded: ["one", "two", "three", "four", "five"] },
  });
});

test("A lost binder is reported with what it last said, whatever had been seen before.", () => {
  const task = createTask(sampleExperiment());
  settle(task, tried(IN_USE), DOUBTING);
  expect(observeLoss(task, "binder-died", "exit 1")).toMatchObject({
    outcome: { kind: "broken", reason: "binder-died", detail: "exit 1" },
    port: null,
  });
});

test("What was not tried has no port and no attempts.", () => {
  const outcome = { kind: "skipped", reason: "no-ipv6", detail: "none" } as const;
  expect(observeWithoutTrying(sampleExperiment(), outcome)).toEqual({
    experiment: sampleExperiment(),
    outcome,
    attempts: 0,
    durationMs: 0,
    port: null,
    evidence: {},
  });
});

test("Steps that could not be confirmed go with their try, and nothing is judged by them.", () => {
  const steps = [{ step: 0, label: "1 first open", outcome: IN_USE }];
  const { result, ...rest } = tried(IN_USE);
  const withSteps: Try = { ...rest, result: { ...result, steps } as Try["result"] };
  expect(settle(createTask(sampleExperiment()), withSteps, TRUSTING)).toMatchObject({ steps });

  const discardedLater = createTask(sampleExperiment());
  settle(discardedLater, withSteps, DOUBTING);
  const given = ["one", "two", "three", "four", "five"].map((why) =>
    settle(discardedLater, discarded(why), DOUBTING),
  );
  expect(given.at(-1)).toMatchObject({ outcome: { kind: "broken" }, attempts: 1 });
  expect(given.at(-1)).not.toHaveProperty("steps");

  const lostLater = createTask(sampleExperiment());
  settle(lostLater, withSteps, DOUBTING);
  expect(observeLoss(lostLater, "binder-died", "exit 1")).not.toHaveProperty("steps");
});

const delivered = (shares: Readonly<Record<string, number>>): Outcome => ({
  kind: "delivered",
  shares,
  sent: 100,
});
const broken = (reason: "binder-died" | "binder-hung", detail: string): Outcome => ({
  kind: "broken",
  reason,
  detail,
});

/** What three doubted tries come to. */
function agreement(outcomes: readonly Outcome[]): Outcome | undefined {
  const task = createTask(sampleExperiment());
  return outcomes.map((outcome) => settle(task, tried(outcome), DOUBTING)).at(-1)?.outcome;
}

test.each([
  [
    "the same sockets got something",
    [
      { a: 60, b: 40 },
      { a: 1, b: 99 },
      { a: 50, b: 50 },
    ],
  ],
  [
    "one got everything each time",
    [
      { a: 100, b: 0 },
      { a: 90, b: 0 },
      { a: 100, b: 0 },
    ],
  ],
  [
    "none got anything",
    [
      { a: 0, b: 0 },
      { a: 0, b: 0 },
      { a: 0, b: 0 },
    ],
  ],
])("Tries agree on who got what was sent where %s.", (_which, shares) => {
  const outcomes = shares.map(delivered);
  expect(agreement(outcomes)).toEqual(outcomes[0]);
});

test.each([
  [
    "another socket got it",
    [
      { a: 100, b: 0 },
      { a: 0, b: 100 },
      { a: 100, b: 0 },
    ],
  ],
  [
    "one more got some",
    [
      { a: 100, b: 0 },
      { a: 99, b: 1 },
      { a: 100, b: 0 },
    ],
  ],
  [
    "one got nothing any more",
    [
      { a: 99, b: 1 },
      { a: 99, b: 1 },
      { a: 100, b: 0 },
    ],
  ],
  ["a socket is not among them", [{ a: 50, b: 50 }, { a: 100 }, { a: 50, b: 50 }]],
])("Tries do not agree where %s.", (_which, shares) => {
  const outcomes = shares.map((each) => delivered(each as Readonly<Record<string, number>>));
  expect(agreement(outcomes)).toEqual({ kind: "unstable", outcomes });
});

test("A delivery and something else do not agree.", () => {
  const outcomes = [delivered({ a: 0 }), SUCCESS, delivered({ a: 0 })];
  expect(agreement(outcomes)).toEqual({ kind: "unstable", outcomes });
  expect(agreement(outcomes.toReversed())).toMatchObject({ kind: "unstable" });
  expect(agreement([SUCCESS, delivered({}), SUCCESS])).toMatchObject({ kind: "unstable" });
});

test("What broke three times for one reason is broken, whatever was said of it; for two it is unstable.", () => {
  const [died, diedToo] = [broken("binder-died", "exit 1"), broken("binder-died", "exit 2")];
  expect(agreement([died, diedToo, died])).toEqual(died);
  expect(agreement([died, broken("binder-hung", "exit 1"), died])).toMatchObject({
    kind: "unstable",
  });
  expect(agreement([died, SUCCESS, died])).toMatchObject({ kind: "unstable" });
  expect(agreement([SUCCESS, died, SUCCESS])).toMatchObject({ kind: "unstable" });
});

test("Each step of a scenario has what all tries agree on.", () => {
  const task = createTask(sampleExperiment());
  const attempt = (second: Outcome, third: Outcome): Try => ({
    result: {
      counts: true,
      outcome: IN_USE,
      evidence: {},
      steps: [
        { step: 0, label: "1 a open", outcome: SUCCESS },
        { step: 1, label: "2 b open", outcome: second },
        { step: 2, label: "3 census", outcome: third },
      ],
    },
    port: 20_000,
    durationMs: 1,
  });
  expect(settle(task, attempt(IN_USE, delivered({ a: 10, b: 90 })), DOUBTING)).toBeNull();
  expect(settle(task, attempt(SUCCESS, delivered({ a: 20, b: 80 })), DOUBTING)).toBeNull();
  const observation = settle(task, attempt(IN_USE, delivered({ a: 30, b: 70 })), DOUBTING);
  expect(observation?.outcome).toEqual(IN_USE);
  expect(observation?.steps).toEqual([
    { step: 0, label: "1 a open", outcome: SUCCESS },
    {
      step: 1,
      label: "2 b open",
      outcome: { kind: "unstable", outcomes: [IN_USE, SUCCESS, IN_USE] },
    },
    { step: 2, label: "3 census", outcome: delivered({ a: 10, b: 90 }) },
  ]);
});

test("A task begins with nothing tried, and may go together with others.", () => {
  expect(createTask(sampleExperiment())).toMatchObject({ alone: false, confirmationsLeft: null });
});

test("A try that broke and one that did not are unstable, whichever comes first.", () => {
  const failed: Outcome = { kind: "broken", reason: "setup-failed", detail: "" };
  for (const [one, other] of [
    [failed, SUCCESS],
    [SUCCESS, failed],
  ] as const) {
    const task = createTask(sampleExperiment());
    settle(task, tried(one), { ...DOUBTING, confirm: 1 });
    expect(settle(task, tried(other), DOUBTING)?.outcome.kind).toBe("unstable");
  }
});
