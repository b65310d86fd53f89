import { expect, test } from "vitest";
import { sampleExperiment } from "../../tests/samples/experiment.ts";
import { IN_USE, SUCCESS, tried } from "../../tests/samples/tries.ts";
import type { Outcome } from "../model/observation.ts";
import type { Crew } from "./crew.ts";
import type { Laboratory } from "./measure.ts";
import { tryControls, type TriedControls } from "./try-controls.ts";

const CONTROL = sampleExperiment();
const PART = "tcp/ipv4";

/** Tries a control that has to be a success, and comes to each outcome in turn, then to the last again and again. */
async function tryTo(
  ...outcomes: readonly [Outcome, ...Outcome[]]
): Promise<TriedControls & { readonly tries: number }> {
  let tries = 0;
  const crew: Crew = {
    work(take) {
      const task = take("pairs");
      if (!task) return Promise.resolve(null);
      const outcome = outcomes[Math.min(tries++, outcomes.length - 1)] ?? outcomes[0];
      return Promise.resolve([{ task, outcome: { kind: "tried", ...tried(outcome) } }]);
    },
    end: () => undefined,
  };
  const { signal } = new AbortController();
  const options = { confirm: 2, timeoutMs: 1000, signal };
  const laboratory: Laboratory = {
    crew,
    findUnmet: () => null,
    isDoubtful: () => true,
    ...options,
  };
  const controlProblem = ({ outcome }: { readonly outcome: Outcome }): string | null =>
    outcome.kind === "success" ? null : "refused";
  const controls = { controls: [CONTROL], controlProblem };
  return { ...(await tryControls(controls, laboratory, () => null)), tries };
}

test("A control that holds is tried once.", async () => {
  expect(await tryTo(SUCCESS)).toEqual({
    controls: { [CONTROL.id]: "held" },
    problems: new Map(),
    tries: 1,
  });
});

test("One that was refused a port is tried on others, and says so where it holds there.", async () => {
  expect(await tryTo(IN_USE, IN_USE, SUCCESS)).toEqual({
    controls: { [CONTROL.id]: "held on other ports" },
    problems: new Map(),
    tries: 3,
  });
});

test.each<[string, number, Outcome]>([
  ["at the third refused port", 3, IN_USE],
  ["at once with another error", 1, { ...IN_USE, code: "EINVAL", errno: 22 }],
  ["at once where a right is missing", 1, { ...IN_USE, code: "EACCES", errno: 13 }],
])("Nothing can be said of its part %s.", async (_when, tries, outcome) => {
  expect(await tryTo(outcome)).toEqual({
    controls: { [CONTROL.id]: "refused" },
    problems: new Map([[PART, `${CONTROL.id}: refused`]]),
    tries,
  });
});
