import { expect, test } from "vitest";
import { readClaims } from "../claims/read-claims.ts";
import type { Claim, ExpectedOutcome } from "../model/claim.ts";
import type { Observation, Outcome } from "../model/observation.ts";
import { rankDocuments } from "./rank-documents.ts";

const WINDOWS = { name: "windows", implements: "windows", version: "10.0.19045" };
const all = (await readClaims([])).claims.filter(({ experiment }) => experiment.protocol === "tcp");

/** Observations of a system that does exactly what a document says. */
function asSaidBy(document: string): Map<string, Observation> {
  const own = all.filter((claim) => claim.document.id === document);
  return new Map(own.map((claim) => [claim.experiment.id, observed(claim)]));
}

function observed({ experiment, allowed }: Claim): Observation {
  const outcome = outcomeOf(allowed[0]);
  return { experiment, outcome, attempts: 1, durationMs: 0, port: 1, evidence: {} };
}

function outcomeOf(expected: ExpectedOutcome | undefined): Outcome {
  if (expected?.kind !== "error") return { kind: "success" };
  return { kind: "error", step: expected.step, code: "", errno: Number(expected.code) };
}

test.each([
  ["using-so-reuseaddr/xp", "using-so-reuseaddr/same-account"],
  ["using-so-reuseaddr/same-account", "using-so-reuseaddr/xp"],
])(
  "A system that does as %s says is distinguished from one of the other generation.",
  (own, other) => {
    const fits = rankDocuments(all, asSaidBy(own), WINDOWS);
    expect(fits[0]).toMatchObject({
      document: { id: own },
      held: 72,
      measured: 72,
      deviations: [],
    });
    const further = fits.find(({ document }) => document.id === other);
    expect(further).toMatchObject({ held: 72 - 12 * 2, measured: 72 });
    expect(further?.deviations).toHaveLength(12 * 2);
  },
);

test("A document that was not measured, hardly measured or is for another system is not ranked.", () => {
  const few = [...asSaidBy("using-so-reuseaddr/same-account")].slice(0, 23);
  expect(rankDocuments(all, new Map(few), WINDOWS)).toEqual([]);
  const ranked = rankDocuments(all, asSaidBy("using-so-reuseaddr/same-account"), WINDOWS);
  const ids = ranked.map(({ document }) => document.id);
  expect(ids).not.toContain("using-so-reuseaddr/different-accounts");
  expect(ids).not.toContain("bind-wildcard/second-bind");
});

test("What was skipped or broken counts for no document.", () => {
  const observations = asSaidBy("using-so-reuseaddr/same-account");
  for (const [id, observation] of [...observations].slice(0, 10))
    observations.set(id, {
      ...observation,
      outcome: { kind: "broken", reason: "binder-died", detail: "" },
    });
  expect(rankDocuments(all, observations, WINDOWS)[0]).toMatchObject({
    held: 62,
    measured: 62,
    claims: 72,
  });
});
