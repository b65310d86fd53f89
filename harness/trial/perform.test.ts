import { afterAll, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import { findPort } from "../../tests/find-port.ts";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { startBinder } from "../binder-client/binder-process.ts";
import { localBinders } from "../binder-client/local-binders.ts";
import type { Pair } from "./pair.ts";
import { performTrials } from "./perform.ts";

const BINDER = fileURLToPath(new URL("../../dist/binder.cjs", import.meta.url));
const command = { file: process.execPath, arguments: [BINDER] };
const binders = {
  first: startBinder(localBinders(command), "first"),
  second: startBinder(localBinders(command), "second"),
};
afterAll(() => {
  binders.first.end();
  binders.second.end();
});

const PORT = await findPort();

test.skipIf(process.platform !== "linux").each([
  ["first", { state: "connected" }, {}, { otherPort: () => PORT, peerPort: null }],
  ["second", {}, { state: "connected" }, { otherPort: () => PORT + 1, peerPort: PORT }],
] as const)(
  "A peer of the %s endpoint whose port is taken does not count, so that other ports are tried.",
  async (_which, first, second, ports) => {
    await Promise.all([binders.first.hello, binders.second.hello]);
    let socket = 0;
    const pair = { ...binders, nextSocket: () => ++socket } as unknown as Pair;
    const experiment = sampleExperiment({
      first: sampleEndpoint({ address: "specific2", ...first }),
      second: sampleEndpoint({ address: "specific", ...second }),
    });
    const addresses = findAddresses([], "linux");
    const trial = { experiment, addresses, system: "linux", port: PORT, ...ports };
    const [result] = await performTrials([trial], {
      pair,
      timeoutMs: 10_000,
      unreadable: [],
      waiting: (wait) => wait,
    });
    expect(result).toEqual({
      counts: false,
      reason: "setup-failed",
      why: "there is no peer to connect to: bind EADDRINUSE",
    });
  },
);
