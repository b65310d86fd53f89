import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { ObservationLine } from "../../harness/results/line.ts";
import { execRunner } from "../../runners/exec.ts";
import { TargetProblem } from "../../runners/runner.ts";
import { withoutChance } from "../program/bindcheck.ts";
import { measureOn } from "./measure-on.ts";

const FILES = ["cases/linux/socket-7.yaml", "cases/linux/three-sockets.yaml"];
const WAY = fileURLToPath(new URL("../faulty-binders/spoils-its-way.mjs", import.meta.url));

/** What was decided, by experiment. */
function decided(observations: readonly ObservationLine[]): Map<string, object> {
  const whole = observations.filter(({ outcome }) => outcome.kind !== "broken");
  return new Map(whole.map((line) => [line.experiment.id, withoutChance({ ...line, target: "" })]));
}

describe.skipIf(process.platform !== "linux")("A way to binders that", () => {
  let clean: ReadonlyMap<string, object>;
  beforeAll(async () => {
    const binder = path.join(path.dirname(WAY), "../../dist/binder.cjs");
    const { observations } = await measureOn(execRunner(`'${process.execPath}' '${binder}'`), {
      files: FILES,
    });
    clean = decided(observations);
  });

  test.each([
    ["repeats", /answered wrongly 3 times; .* answered what was not asked/],
    ["answers another", /answered wrongly 3 times; .* answered what was not asked/],
    ["answers unasked", /answered wrongly 3 times; .* answered what was not asked/],
    ["gives less", /answered wrongly 3 times; .* answered what was not asked/],
    ["gives more", /answered wrongly 3 times; .* answered what was not asked/],
    ["drips", /answered nothing 5 times in a row; .* did not answer within \d+ ms$/],
    ["babbles", /^What '.*' reaches said: Segmentation fault \(core dumped\)/],
    ["is endless", /^What '.*' reaches said more than 16777216 characters without an end/],
  ])(
    "%s is lost as a target; nothing of what it says then is believed.",
    { timeout: 180_000 },
    async (vice, sentence) => {
      const runner = execRunner(`'${process.execPath}' '${WAY}' '${vice}'`);
      const { observations, error } = await measureOn(runner, {
        files: FILES,
        // Only one of them says nothing, which is waited for again and again.
        options: vice === "drips" ? { timeoutMs: 300 } : {},
      });
      expect(error).toBeInstanceOf(TargetProblem);
      expect(error?.message).toMatch(sentence);
      expect(clean.size).toBeGreaterThan(100);
      for (const [id, observation] of decided(observations))
        expect(observation).toEqual(clean.get(id));
    },
  );
});
