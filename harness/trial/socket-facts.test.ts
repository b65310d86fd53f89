import { expect, test } from "vitest";
import { sampleSockets } from "../../tests/samples/scenario-sockets.ts";
import type { StepResult } from "../binder/protocol.ts";
import { localAddress } from "./socket-facts.ts";
import type { ScenarioSockets } from "./scenario-sockets.ts";

const STEP = { do: "local-address", by: "first", observe: true, socket: "one" } as const;

/** What a socket is called where its binder answers so. */
function nameAfter(result: StepResult) {
  const sockets = sampleSockets(() => result);
  sockets.name("one", { by: "first", socket: 1, family: "ipv4" });
  const trial = {
    port: 9,
    otherPort: () => 10,
    addresses: { ipv4: { specific: "127.0.0.1" } },
  } as unknown as ScenarioSockets["trial"];
  return localAddress(STEP, { ...sockets, trial });
}

test("The name of a socket has the size that the system gave.", async () => {
  const value = "specific:same";
  const name = { address: "127.0.0.1", port: 9 };
  expect(await nameAfter({ ...name, length: 16 })).toEqual({ kind: "value", value, size: 16 });
  expect(await nameAfter({ ...name, length: 28 })).toEqual({ kind: "value", value, size: 28 });
});

test.each([{}, { address: "127.0.0.1", length: 16 }, { address: "127.0.0.1", port: 9 }])(
  "An answer without all of it (%j) is broken.",
  async (result) => {
    expect(await nameAfter(result)).toEqual({
      kind: "broken",
      reason: "binder-babbled",
      detail: "the result has no name with its length",
    });
  },
);
