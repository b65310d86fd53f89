import { expect, test } from "vitest";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import { DOUBTING, IN_USE, SUCCESS, tried } from "../../tests/samples/tries.ts";
import type { Outcome } from "../model/observation.ts";
import { createTask, settle, type Doubt, type Try } from "./task.ts";

/** A scenario of two observed steps, tried once with these outcomes. */
function scenarioTry(second: Outcome, third: Outcome): Try {
  const steps = [second, third].map((outcome, index) => ({
    step: index + 1,
    label: `${index + 2} b open`,
    outcome,
  }));
  return {
    result: { counts: true, outcome: third, evidence: {}, steps },
    port: 20_000,
    durationMs: 1,
  };
}

const REFUSED_ONCE = scenarioTry(IN_USE, IN_USE);
const UNREFUSED = scenarioTry(SUCCESS, IN_USE);

test.each([0, 1, 2])(
  "A refused port that no other try of a scenario repeats is discarded, and tried once more: try %i.",
  (place) => {
    const task = createTask(sampleExperiment());
    const tries = [UNREFUSED, UNREFUSED, UNREFUSED].with(place, REFUSED_ONCE);
    for (const each of tries) expect(settle(task, each, DOUBTING)).toBeNull();
    expect(settle(task, UNREFUSED, DOUBTING)).toMatchObject({
      attempts: 3,
      steps: [{ outcome: SUCCESS }, { outcome: IN_USE }],
      evidence: {
        discarded: ["2 b open: EADDRINUSE in one try alone: another program may have had its port"],
      },
    });
  },
);

test.each<[string, Try[]]>([
  ["a success that no other repeats", [REFUSED_ONCE, UNREFUSED, REFUSED_ONCE]],
  [
    "a refusal that says nothing of a port",
    [scenarioTry({ ...IN_USE, code: "EINVAL" }, IN_USE), UNREFUSED, UNREFUSED],
  ],
  [
    "a success before the refusal that others lack",
    [scenarioTry(SUCCESS, IN_USE), scenarioTry(IN_USE, SUCCESS), scenarioTry(IN_USE, SUCCESS)],
  ],
  ["three tries of which no two agree", [REFUSED_ONCE, UNREFUSED, scenarioTry(SUCCESS, SUCCESS)]],
])("Nothing but a lone refused port is discarded: %s is unstable.", (_which, tries) => {
  const task = createTask(sampleExperiment());
  const settled = tries.map((each) => settle(task, each, DOUBTING));
  const outcomes = settled.at(-1)?.steps?.map(({ outcome }) => outcome.kind);
  expect(outcomes).toContain("unstable");
});

test.each([0, 1, 2])(
  "A refused second endpoint that no other try repeats is discarded, and tried once more: try %i.",
  (place) => {
    const task = createTask(sampleExperiment());
    const tries: Outcome[] = [SUCCESS, SUCCESS, SUCCESS];
    tries[place] = IN_USE;
    for (const each of tries) expect(settle(task, tried(each), DOUBTING)).toBeNull();
    expect(settle(task, tried(SUCCESS), DOUBTING)).toMatchObject({
      attempts: 3,
      outcome: SUCCESS,
      evidence: {
        discarded: [
          "the second endpoint: EADDRINUSE in one try alone: another program may have had its port",
        ],
      },
    });
  },
);

test("A second endpoint that is refused again and again among successes is unstable in the end.", () => {
  const task = createTask(sampleExperiment());
  for (const each of [IN_USE, SUCCESS, SUCCESS, IN_USE])
    expect(settle(task, tried(each), DOUBTING)).toBeNull();
  expect(settle(task, tried(IN_USE), DOUBTING)).toMatchObject({ outcome: { kind: "unstable" } });
});

test("Where two tries differ by a refused port, a third tells whose it was.", () => {
  const once: Doubt = { ...DOUBTING, confirm: 1 };
  const ends: [third: Outcome, end: Outcome][] = [
    [SUCCESS, SUCCESS],
    [IN_USE, { kind: "unstable", outcomes: [SUCCESS, IN_USE, IN_USE] }],
  ];
  for (const [third, end] of ends) {
    const task = createTask(sampleExperiment());
    expect(settle(task, tried(SUCCESS), once)).toBeNull();
    expect(settle(task, tried(IN_USE), once)).toBeNull();
    const settled = settle(task, tried(third), once) ?? settle(task, tried(SUCCESS), once);
    expect(settled).toMatchObject({ outcome: end, attempts: 3 });
  }
});

test("A scenario whose ports are refused once after the other is unstable in the end.", () => {
  const task = createTask(sampleExperiment());
  for (const each of [UNREFUSED, UNREFUSED, REFUSED_ONCE, REFUSED_ONCE])
    expect(settle(task, each, DOUBTING)).toBeNull();
  const observation = settle(task, REFUSED_ONCE, DOUBTING);
  expect(observation?.steps?.[0]?.outcome.kind).toBe("unstable");
  expect(observation?.evidence.discarded).toHaveLength(2);
});
