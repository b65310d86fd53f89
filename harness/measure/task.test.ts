import { expect, test } from "vitest";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import type { Outcome } from "../model/observation.ts";
import {
  createTask,
  observeLoss,
  observeWithoutTrying,
  settle,
  type Doubt,
  type Try,
} from "./task.ts";

const SUCCESS: Outcome = { kind: "success" };
const IN_USE: Outcome = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };
const TRUSTING: Doubt = { isDoubtful: () => false, confirm: 2 };
const DOUBTING: Doubt = { isDoubtful: () => true, confirm: 2 };

const tried = (outcome: Outcome, port = 20_000): Try => ({
  result: { counts: true, outcome, evidence: { afterFirstClosed: "success" } },
  port,
  durationMs: 1.23456,
});
const discarded = (why: string): Try => ({
  result: { counts: false, reason: "port-held-by-another", why },
  port: 20_000,
  durationMs: 1,
});

test("An outcome that nobody doubts is settled at once.", () => {
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
  [[IN_USE, SUCCESS, SUCCESS]],
  [[IN_USE, IN_USE, SUCCESS]],
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

test("Three tries that cannot count are broken, never a verdict.", () => {
  const task = createTask(sampleExperiment());
  expect(settle(task, discarded("one"), TRUSTING)).toBeNull();
  expect(settle(task, discarded("two"), TRUSTING)).toBeNull();
  expect(settle(task, discarded("three"), TRUSTING)).toMatchObject({
    outcome: { kind: "broken", reason: "port-held-by-another", detail: "three" },
    attempts: 0,
    evidence: { discarded: ["one", "two", "three"] },
  });
});

test("A lost binder is told with what it last said, whatever had been seen before.", () => {
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
  const given = ["one", "two", "three"].map((why) =>
    settle(discardedLater, discarded(why), DOUBTING),
  );
  expect(given[2]).toMatchObject({ outcome: { kind: "broken" }, attempts: 1 });
  expect(given[2]).not.toHaveProperty("steps");

  const lostLater = createTask(sampleExperiment());
  settle(lostLater, withSteps, DOUBTING);
  expect(observeLoss(lostLater, "binder-died", "exit 1")).not.toHaveProperty("steps");
});
