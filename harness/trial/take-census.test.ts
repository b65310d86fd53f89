import { expect, test } from "vitest";
import { sampleSockets } from "../../tests/samples/scenario-sockets.ts";
import { takeCensus } from "./take-census.ts";

const STEP = {
  do: "census",
  by: "peer",
  observe: true,
  address: "specific",
  port: "same",
  count: 10,
  among: ["one", "two"],
} as const;

/** Each socket gives these numbers, one at a time it is asked, then nothing. */
function stageWith(one: number[], two: number[]) {
  const left = new Map([
    [1, [...one]],
    [2, [...two]],
  ]);
  const sockets = sampleSockets((_, [step]) =>
    step?.do === "take-all" ? { value: left.get(step.socket)?.shift() ?? 0 } : {},
  );
  sockets.name("one", { by: "first", socket: sockets.reserve("first"), family: "ipv4" });
  sockets.name("two", { by: "second", socket: sockets.reserve("second"), family: "ipv4" });
  return sockets;
}

test("Everything that comes is counted, however late.", async () => {
  const outcome = await takeCensus(STEP, stageWith([0, 3], [0, 0, 0, 7]));
  expect(outcome).toEqual({ kind: "delivered", sent: 10, shares: { one: 3, two: 7 } });
});

test("Members of a group get more together than was sent, and all of it counts.", async () => {
  const outcome = await takeCensus(STEP, stageWith([10], [4, 6]));
  expect(outcome).toEqual({ kind: "delivered", sent: 10, shares: { one: 10, two: 10 } });
});

test("What was dropped is not waited for.", async () => {
  const outcome = await takeCensus(STEP, stageWith([2], [1]));
  expect(outcome).toEqual({ kind: "delivered", sent: 10, shares: { one: 2, two: 1 } });
});

test("A socket that was refused earlier gets nothing and is not asked.", async () => {
  const sockets = stageWith([10], [10]);
  sockets.refuse("two", { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 });
  expect(await takeCensus(STEP, sockets)).toMatchObject({ shares: { one: 10, two: 0 } });
  expect(sockets.asked.map(([by]) => by)).not.toContain("second");
});

test("What cannot be sent is the outcome.", async () => {
  const sockets = sampleSockets((by) =>
    by === "peer" ? { errno: 111, code: "ECONNREFUSED" } : {},
  );
  expect(await takeCensus(STEP, sockets)).toEqual({
    kind: "error",
    step: "connect",
    code: "ECONNREFUSED",
    errno: 111,
  });
});
