import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compareRuns } from "./compare-runs.ts";
import { readOutcomes, readRuns } from "./recorded-run.ts";

const GOLDEN = fileURLToPath(new URL("../../reports/golden/stream.ndjson", import.meta.url));

test("Comparisons need nothing of a run but its outcomes, and equal ones are held once.", async () => {
  const [whole, lean] = [
    await readRuns({ file: GOLDEN, machine: null }),
    await readOutcomes({ file: GOLDEN, machine: null }),
  ];
  const odd = whole.map((run) => ({
    ...run,
    observations: run.observations.filter((_, index) => index % 2 === 1),
  }));
  expect(compareRuns(lean, odd)).toEqual(compareRuns(whole, odd));
  expect(compareRuns(lean, odd).changed.length).toBeGreaterThan(0);
  expect(compareRuns(lean, whole)).toMatchObject({ changed: [], new: [], gone: [] });
  const outcomes = lean.flatMap(({ observations }) => observations.map(({ outcome }) => outcome));
  const texts = new Set(outcomes.map((outcome) => JSON.stringify(outcome)));
  expect(outcomes.length).toBeGreaterThan(texts.size);
  expect(new Set(outcomes).size).toBe(texts.size);
});
