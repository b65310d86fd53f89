import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { findAddresses } from "../experiments/addresses.ts";
import { BinderLost, startBinder, type BinderProcess } from "../binder-client/binder-process.ts";
import { localBinders } from "../binder-client/local-binders.ts";
import type { Pair } from "./pair.ts";
import { performTrials } from "./perform.ts";
import type { TrialResult } from "./trial.ts";

const FAKE = fileURLToPath(
  new URL("../../tests/faulty-binders/answers-as-told.mjs", import.meta.url),
);

interface Vice {
  /** Which line is spoilt: 0 is the greeting. */
  readonly at: number;
  readonly vice: string;
  readonly [argument: string]: unknown;
}

const HONEST: Vice = { at: 0, vice: "none" };

function startFake(role: string, vice: Vice): BinderProcess {
  const command = { file: process.execPath, arguments: [FAKE, role, JSON.stringify(vice)] };
  return startBinder(localBinders(command), role);
}

/** One experiment, `first` and `second` with their vices: what it came to, or how a binder was lost. */
async function measure(
  first: Vice,
  second: Vice,
  timeoutMs = 10_000,
): Promise<TrialResult | BinderLost> {
  const binders = { first: startFake("first", first), second: startFake("second", second) };
  let socket = 0;
  const pair = { ...binders, nextSocket: () => ++socket } as unknown as Pair;
  const options = ["SO_REUSEADDR"] as const;
  const experiment = sampleExperiment({
    first: sampleEndpoint({ options }),
    second: sampleEndpoint({ options }),
  });
  const trial = {
    experiment,
    addresses: findAddresses([], "linux"),
    port: 5150,
    otherPort: () => 5151,
    peerPort: null,
    system: "linux",
  };
  try {
    await Promise.all([binders.first.hello, binders.second.hello]);
    const [result] = await performTrials([trial], {
      pair,
      timeoutMs,
      unreadable: [],
      waiting: (wait) => wait,
    });
    if (!result) throw new Error("a trial without a result");
    return result;
  } catch (error) {
    if (!(error instanceof BinderLost)) throw error;
    return error;
  } finally {
    binders.first.end();
    binders.second.end();
  }
}

const vice = fc.oneof(
  fc.record({
    vice: fc.constantFrom("changes", "forgets", "adds"),
    at: fc.nat(3),
    path: fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }),
    value: fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("98", 1.5, null, true, "__proto__"),
    ),
  }),
  fc.record({
    vice: fc.constantFrom("tears", "tears and ends"),
    at: fc.integer({ min: 1, max: 3 }), // half a greeting is waited for longer than a test may take
    cut: fc.nat(),
  }),
  fc.record({
    vice: fc.constant("says"),
    at: fc.nat(3),
    text: fc.oneof(fc.string({ unit: "binary" }), fc.json()).map((text) => `${text}\n`),
  }),
  fc.record({ vice: fc.constantFrom("repeats", "nests"), at: fc.nat(3) }),
);

describe("Whatever a binder answers,", () => {
  test("an honest pair of them measures that the second is refused.", async () => {
    expect(await measure(HONEST, HONEST)).toMatchObject({
      counts: true,
      outcome: { kind: "error", step: "bind", code: "EADDRINUSE", errno: 98 },
    });
  });

  test(
    "an experiment is measured right, or it is broken, or the binder counts as lost.",
    { timeout: 120_000 },
    async () => {
      const honest = await measure(HONEST, HONEST);
      await fc.assert(
        fc.asyncProperty(fc.boolean(), vice, async (isFirst, spoilt) => {
          const result = await measure(isFirst ? spoilt : HONEST, isFirst ? HONEST : spoilt, 500);
          if (result instanceof BinderLost || !result.counts || result.outcome.kind === "broken")
            return;
          expect(result).toMatchObject({
            counts: true,
            outcome: (honest as { outcome: object }).outcome,
          });
        }),
        // Few, as each starts two processes: `tests/fuzz` spoils thousands of lines inside one.
        { numRuns: 8 },
      );
    },
  );

  test.each([
    ["endless", /^the second binder said more than 16777216 characters without an end of line$/],
    ["nests", /^the second binder answered what was not asked: \[{400}…$/],
    ["repeats", /^the second binder (answered what was not asked|did not answer)/],
  ])("one that %s is lost with that reason.", async (name, message) => {
    const lost = await measure(HONEST, { vice: name, at: 1 });
    expect(lost).toBeInstanceOf(BinderLost);
    expect((lost as BinderLost).message).toMatch(message);
  });

  test.each([
    ["no platform", { forgets: 2 }],
    ["no options", { forgets: 5 }],
  ])(
    "one that greets with %s is lost before anything is measured with it.",
    async (_name, { forgets }) => {
      const lost = await measure({ vice: "forgets", at: 0, path: [forgets] }, HONEST);
      expect((lost as BinderLost).message).toMatch(/^the first binder did not say what it is: /);
    },
  );
});
