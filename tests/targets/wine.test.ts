import { beforeAll, expect, test } from "vitest";
import type { Step } from "../../harness/binder/protocol.ts";
import { startBinder } from "../../harness/binder-client/binder-process.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { TargetProblem } from "../../runners/runner.ts";
import { wineRunner } from "../../runners/wine.ts";
import { findPort } from "../find-port.ts";
import { describeTarget } from "../require-target.ts";
import { measureOn } from "./measure-on.ts";
import { testElsewhere } from "./measured-elsewhere.ts";

// The first run on a machine downloads Node for Windows and makes a Wine prefix.
const PREPARATION_MS = 300_000;

const hasNamespaces = (await netnsRunner().availability()).here;
const ASK_MS = 50_000;
const TABLE = "cases/windows/so-exclusiveaddruse.yaml";

describeTarget("wine", await wineRunner().availability(), () => {
  beforeAll(async () => {
    const signal = new AbortController().signal;
    const target = await wineRunner().open({ signal, say: () => undefined });
    await target.close();
  }, PREPARATION_MS);

  if (hasNamespaces)
    testElsewhere({
      runner: wineRunner(),
      file: TABLE,
      process: "/wineserver",
      binders: ["binder.cjs"],
      killed: /^Wine ended \(exit code 1; it last said: Wine's server has ended\)$/,
    });

  test("a connection that goes on holds up nothing else", { timeout: 180_000 }, async () => {
    const signal = new AbortController().signal;
    const target = await wineRunner().open({ signal, say: () => undefined });
    const binder = startBinder(target.start, "first");
    try {
      await binder.hello;
      const port = await findPort();
      const at = { protocol: "tcp", family: "ipv4", address: "127.0.0.1", port } as const;
      const open = { do: "open", socket: 1, ...at, v6Only: 0, options: [], state: "listening" };
      await binder.ask([[open as Step]], ASK_MS);
      // More than its queue takes: the last ones go on until the listener is closed.
      const going = binder.ask([[{ do: "send-many", socket: 100, count: 300, ...at }]], ASK_MS);
      await binder.ask([[{ do: "close", socket: 1 }]], ASK_MS);
      const [[refused] = []] = await going;
      expect(refused).toMatchObject({ errno: 10_061, code: "WSAECONNREFUSED" });
    } finally {
      binder.end();
      await target.close();
    }
  });

  test("observes the whole table of SO_EXCLUSIVEADDRUSE", { timeout: 180_000 }, async () => {
    const { target, observations, outcomes, error } = await measureOn(wineRunner(), {
      files: [TABLE],
    });
    expect(error).toBeUndefined();
    expect(target).toMatchObject({
      target: "wine",
      platform: { name: "wine", implements: "windows" },
      runtime: {
        node: expect.stringMatching(/^v22\./),
        koffi: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        wine: expect.stringMatching(/^\d+\.\d+/),
      },
    });
    expect(new Set(observations.map(({ experiment }) => experiment.id)).size).toBe(180);
    expect(outcomes).not.toContain("broken");
  });

  test.runIf(hasNamespaces)(
    "has addresses of its own, through a server of its own",
    { timeout: 180_000 },
    async () => {
      const { target, observations, outcomes, error } = await measureOn(wineRunner(), {
        files: ["cases/windows"],
        filter: "two-addresses-one-port",
      });
      expect(error).toBeUndefined();
      expect(target?.runtime["isolation"]).toContain("network");
      expect(target?.addresses.ipv6.specific2).toBe("fd00:b1d::2");
      // Both protocols of the example of 10.0.0.1 and 10.99.99.99.
      expect(observations).toHaveLength(2);
      expect(outcomes).not.toContain("skipped");
      expect(outcomes).not.toContain("broken");
    },
  );

  test("says that a prefix of the user's own is none", async () => {
    const folder = "/nowhere/prefix";
    const { error } = await measureOn(wineRunner(folder), { files: [TABLE] });
    expect(error).toEqual(
      new TargetProblem(
        `${folder} is not a Wine prefix; make it one with: WINEPREFIX='${folder}' wineboot`,
      ),
    );
  });
});
