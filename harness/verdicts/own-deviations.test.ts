import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findConflicts } from "../claims/find-conflicts.ts";
import { readClaims } from "../claims/read-claims.ts";
import { claimStepLabel, type Claim } from "../model/claim.ts";
import { createDeviationFinder } from "./known-deviation.ts";
import { readKnownDeviations } from "./read-known.ts";

const { claims } = await readClaims([]);
const ofWindows = claims.filter(({ document }) => document.appliesTo.platform === "windows");
const known = readKnownDeviations(
  fileURLToPath(new URL("../../known-deviations/windows.yaml", import.meta.url)),
);
const find = createDeviationFinder(known);
const isKnown = (claim: Claim): boolean => find(claim, claimStepLabel(claim)).length > 0;

test("Where documents of Windows disagree, the claims that are no known deviation agree.", () => {
  expect(findConflicts(ofWindows).length).toBeGreaterThan(50);
  expect(findConflicts(ofWindows.filter((claim) => !isKnown(claim)))).toEqual([]);
});

test("Every known deviation of Windows is one of a claim, and of another outcome than it says.", () => {
  for (const deviation of known) {
    const own = ofWindows.filter((claim) =>
      createDeviationFinder([deviation])(claim, claimStepLabel(claim)).some(Boolean),
    );
    expect(own.length, deviation.reason).toBeGreaterThan(0);
    for (const { expect: said } of own) expect(OUTCOMES[deviation.observed]).not.toBe(said);
  }
});

const OUTCOMES: Readonly<Record<string, string>> = {
  success: "success",
  WSAEADDRINUSE: "10048",
  WSAEACCES: "10013",
};
