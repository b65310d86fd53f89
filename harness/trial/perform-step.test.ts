import { expect, test } from "vitest";
import { sampleSockets } from "../../tests/samples/scenario-sockets.ts";
import type { ScenarioStep } from "../model/steps.ts";
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
  sampleSockets((_, [step]) => (step?.do === "open" ? { address: "127.0.0.1", port: 9 } : {}));
const callsOf = (sockets: ReturnType<typeof willing>) =>
  sockets.asked.flatMap(([by, program]) => program.map(({ do: verb }) => `${by} ${verb}`));

test("A socket that no later step names is closed at once.", async () => {
  const sockets = willing();
  expect(await performStep(OPEN, [], sockets)).toEqual({ kind: "success" });
  expect(callsOf(sockets)).toEqual(["second open", "second close"]);
});

test("A socket that was refused and that no later step names is closed at once too.", async () => {
  const sockets = sampleSockets((_, [step]) =>
    step?.do === "open" ? { errno: 98, code: "EADDRINUSE", call: "listen" } : {},
  );
  await performStep(OPEN, [], sockets);
  expect(sockets.asked.at(-1)).toEqual(["second", [{ do: "close", socket: 1 }]]);
});

test.each<[string, ScenarioStep, readonly ScenarioStep[]]>([
  ["that a later step names", OPEN, [LISTEN]],
  ["that is to be kept", { ...OPEN, keep: true }, []],
])("A socket %s stays open.", async (_, step, later) => {
  const sockets = willing();
  await performStep(step, later, sockets);
  expect(callsOf(sockets)).toEqual(["second open"]);
});

test("What is done with a socket that was refused comes to that refusal, unasked.", async () => {
  const sockets = sampleSockets((_, [step]) =>
    step?.do === "open" ? { errno: 98, code: "EADDRINUSE", call: "bind" } : {},
  );
  const refused = { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 };
  expect(await performStep(OPEN, [LISTEN], sockets)).toEqual(refused);
  const asked = sockets.asked.length;
  expect(await performStep(LISTEN, [], sockets)).toEqual(refused);
  expect(sockets.asked).toHaveLength(asked);
});

test("Connect takes a socket that is there already, or makes one under a new name.", async () => {
  const sockets = willing();
  const connect = (socket: string): ScenarioStep => ({
    do: "connect",
    by: "peer",
    observe: true,
    socket,
    address: "specific",
    port: "same",
  });
  await performStep(OPEN, [connect("taker")], sockets);
  await performStep(connect("taker"), [], sockets);
  await performStep(connect("new"), [], sockets);
  const programs = sockets.asked
    .slice(1)
    .map(([by, program]) => [by, program.map((one) => one.do)]);
  expect(programs).toEqual([
    ["second", ["connect"]],
    ["peer", ["socket", "connect"]],
  ]);
});
