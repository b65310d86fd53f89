import { expect, test } from "vitest";
import type { Program, StepResult } from "../binder/protocol.ts";
import type { ScenarioStep } from "../model/steps.ts";
import { createScenarioSockets } from "./scenario-sockets.ts";
import type { Binders, ScenarioTrial } from "./trial.ts";

const CONNECT: ScenarioStep & { do: "connect" } = {
  do: "connect",
  by: "first",
  observe: true,
  socket: "client",
  address: "specific",
  port: { of: "server" },
};

/** Where the step happens when a binder answers so to the question for the server's port. */
function placeAfter(result: StepResult | undefined) {
  const answers = result ? [result] : [];
  const first = { hello: Promise.resolve(), ask: () => Promise.resolve([answers]) };
  const sockets = createScenarioSockets(
    {
      experiment: { protocol: "tcp", family: "ipv4" },
      addresses: { ipv4: { specific: "127.0.0.1" } },
    } as unknown as ScenarioTrial,
    { pair: { first }, timeoutMs: 1000 } as unknown as Binders,
  );
  sockets.name("server", { by: "first", socket: 1, family: "ipv4" });
  return sockets.bindAddressOf(CONNECT);
}

test("A step on the port of a socket takes the port that the system gives.", async () => {
  expect(await placeAfter({ address: "0.0.0.0", port: 77 })).toMatchObject({ port: 77 });
});

test.each([
  [{ errno: 22, code: "EINVAL" }, "setup-failed", "the port of 'server' cannot be read: EINVAL"],
  [{ problem: "there is no socket 1" }, "binder-problem", "there is no socket 1"],
  [{}, "binder-babbled", "no port of 'server'"],
  [undefined, "binder-babbled", "no result of local-address"],
])("Where its port cannot be read (%j) there is nothing to connect to.", async (...parts) => {
  const [result, reason, detail] = parts;
  expect(await placeAfter(result)).toEqual({ kind: "broken", reason, detail });
});

test("Only addresses that are the target's own are probed before a scenario, and of its family.", async () => {
  const probed: string[] = [];
  const ask = (programs: readonly Program[]) => {
    probed.push(...programs.flat().map((step) => ("address" in step ? step.address : "")));
    return Promise.resolve(programs.map(() => [{}]));
  };
  const open = { do: "open", by: "first", socket: "one", port: "same" } as const;
  const steps = ["specific", "192.0.2.1", "::1"].map((address) => ({ ...open, address }));
  const sockets = createScenarioSockets(
    {
      experiment: { protocol: "tcp", family: "ipv4", scenario: { steps } },
      addresses: { ipv4: { specific: "127.0.0.1", wildcard: "0.0.0.0" } },
    } as unknown as ScenarioTrial,
    { pair: { first: { hello: Promise.resolve(), ask } }, timeoutMs: 1000 } as unknown as Binders,
  );
  expect(await sockets.probe()).toBeNull();
  expect(probed).toEqual(["127.0.0.1", "0.0.0.0"]);
});

test("In the end each party closes what it has not closed, and nothing twice.", async () => {
  const asked: string[] = [];
  const binder = (name: string, answer: StepResult) => ({
    hello: Promise.resolve(),
    ask: (programs: readonly Program[]) => {
      for (const step of programs.flat()) asked.push(`${name} ${JSON.stringify(step)}`);
      return Promise.resolve(programs.map((program) => program.map(() => answer)));
    },
  });
  let last = 0;
  const pair = {
    first: binder("first", {}),
    second: binder("second", { errno: 9, code: "EBADF" }),
    nextSocket: () => ++last,
  };
  const sockets = createScenarioSockets(
    {} as ScenarioTrial,
    { pair, timeoutMs: 1000 } as unknown as Binders,
  );
  const [closed, open, stuck] = [
    sockets.reserve("first"),
    sockets.reserve("first"),
    sockets.reserve("second"),
  ];
  await sockets.ask("first", [{ do: "close", socket: closed }]);
  await sockets.ask("second", [{ do: "close", socket: stuck }]);
  asked.length = 0;
  await sockets.clear();
  expect(asked).toEqual([
    `second ${JSON.stringify({ do: "close", socket: stuck })}`,
    `first ${JSON.stringify({ do: "close", socket: open })}`,
  ]);
});
