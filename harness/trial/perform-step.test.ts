import { expect, test } from "vitest";
import { sampleStage } from "../../tests/samples/stage.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import { performStep } from "./perform-step.ts";

const OPEN = {
  do: "open",
  by: "second",
  observe: true,
  socket: "taker",
  options: [],
  address: "specific",
  port: "same",
  state: "bound",
} as const satisfies ScenarioStep;
const LISTEN: ScenarioStep = { do: "listen", by: "second", observe: true, socket: "taker" };

/** Everything goes well. */
const willing = () =>
  sampleStage((_, [step]) => (step?.do === "open" ? { address: "127.0.0.1", port: 9 } : {}));
const callsOf = (stage: ReturnType<typeof willing>) =>
  stage.asked.map(([by, program]) => `${by} ${program.at(-1)?.do}`);

test("A socket that no later step names is closed at once.", async () => {
  const stage = willing();
  expect(await performStep(OPEN, [], stage)).toEqual({ kind: "success" });
  expect(callsOf(stage)).toEqual(["second open", "second close"]);
});

test.each<[string, ScenarioStep, readonly ScenarioStep[]]>([
  ["that a later step names", OPEN, [LISTEN]],
  ["that is to be kept", { ...OPEN, keep: true }, []],
])("A socket %s stays open.", async (_, step, later) => {
  const stage = willing();
  await performStep(step, later, stage);
  expect(callsOf(stage)).toEqual(["second open"]);
});

test("What is done with a socket that was refused comes to that refusal, unasked.", async () => {
  const stage = sampleStage((_, [step]) =>
    step?.do === "open" ? { errno: 98, code: "EADDRINUSE", call: "bind" } : {},
  );
  const refused = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };
  expect(await performStep(OPEN, [LISTEN], stage)).toEqual(refused);
  const asked = stage.asked.length;
  expect(await performStep(LISTEN, [], stage)).toEqual(refused);
  expect(stage.asked).toHaveLength(asked);
});

test("Connect takes a socket that is there already, or makes one under a new name.", async () => {
  const stage = willing();
  const connect = (socket: string): ScenarioStep => ({
    do: "connect",
    by: "peer",
    observe: true,
    socket,
    address: "specific",
    port: "same",
  });
  await performStep(OPEN, [connect("taker")], stage);
  await performStep(connect("taker"), [], stage);
  await performStep(connect("new"), [], stage);
  const programs = stage.asked.slice(1).map(([by, program]) => [by, program.map((one) => one.do)]);
  expect(programs).toEqual([
    ["second", ["connect"]],
    ["peer", ["socket", "connect"]],
  ]);
});
