import { expect, test } from "vitest";
import { sampleClaim, sampleDocument } from "../../tests/samples/claim.ts";
import { IN_USE, SUCCESS, sampleRun } from "../../tests/samples/recorded-run.ts";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import type { Claim, Document } from "../model/claim.ts";
import type { Outcome } from "../model/observation.ts";
import type { Platform } from "../model/platform.ts";
import { compareVersions, type ComparedSystem } from "../results/compare-versions.ts";
import { findRangeProblems } from "./version-ranges.ts";

const OPTIONS = ["none", "SO_REUSEADDR", "SO_REUSEPORT"] as const;
type Outcomes = Partial<Record<(typeof OPTIONS)[number], Outcome>>;

/** A document of some versions that claims success for each option. */
function documentOf(versions: string, told: Partial<Document> = {}): Document {
  return sampleDocument({ id: versions, appliesTo: { platform: "linux", versions }, ...told });
}

function claimsOf(document: Document): Claim[] {
  return OPTIONS.map((option) => {
    const second = sampleEndpoint({ options: option === "none" ? [] : [option] });
    return sampleClaim("success", { document, experiment: sampleExperiment({ second }) });
  });
}

/** The versions of one system, with what was observed in each. */
function measured(
  versions: Readonly<Record<string, Outcomes>>,
  platform: Omit<Platform, "version"> = { name: "linux", implements: "linux" },
): ComparedSystem {
  const runs = Object.entries(versions).map(([version, outcomes]) =>
    sampleRun({ target: version, outcomes, line: { platform: { ...platform, version } } }),
  );
  const [system] = compareVersions(runs);
  if (!system) throw new Error("there are two versions");
  return system;
}

const ALL: Outcomes = { none: SUCCESS, SO_REUSEADDR: SUCCESS, SO_REUSEPORT: SUCCESS };
const BUT_ONE: Outcomes = { ...ALL, SO_REUSEADDR: IN_USE };

test("A range that is right on both sides of its border is not a finding.", () => {
  const system = measured({ "6.1.0": BUT_ONE, "6.9.0": ALL });
  expect(findRangeProblems(claimsOf(documentOf(">=6.9")), system)).toEqual([]);
});

test("A version of the range that contradicts claims is found, with how many of how many.", () => {
  const document = documentOf(">=6");
  const system = measured({ "5.10.0": BUT_ONE, "6.1.0": BUT_ONE, "6.9.0": ALL });
  expect(findRangeProblems(claimsOf(document), system)).toEqual([
    { document, contradicted: [{ version: "6.1.0", count: 1, of: 3 }], holdsToo: [] },
  ]);
});

test("A version outside of the range in which every claim holds is found.", () => {
  const document = documentOf(">=6.9");
  const system = measured({ "5.10.0": BUT_ONE, "6.1.0": ALL, "6.9.0": ALL });
  expect(findRangeProblems(claimsOf(document), system)).toEqual([
    { document, contradicted: [], holdsToo: [{ version: "6.1.0", count: 3, of: 3 }] },
  ]);
});

test("Of claims that were not decided nothing is said: those that were count, of all there are.", () => {
  const broken = { kind: "broken", reason: "binder-died", detail: "" } as const;
  const document = documentOf(">=6.9");
  const system = measured({
    "6.1.0": { none: SUCCESS, SO_REUSEADDR: broken },
    "6.9.0": { none: IN_USE, SO_REUSEADDR: broken, SO_REUSEPORT: SUCCESS },
  });
  expect(findRangeProblems(claimsOf(document), system)).toEqual([
    {
      document,
      contradicted: [{ version: "6.9.0", count: 1, of: 2 }],
      holdsToo: [{ version: "6.1.0", count: 1, of: 3 }],
    },
  ]);
  const nothing = measured({ "6.1.0": { none: broken }, "6.9.0": ALL });
  expect(findRangeProblems(claimsOf(document), nothing)).toEqual([]);
});

test("Each document is its own finding; one of every version, or of another system, is none.", () => {
  const documents = [
    documentOf(">=5"),
    documentOf("*"),
    documentOf(">=4"),
    documentOf(">=6 <7", { appliesTo: { platform: "windows", versions: ">=10" } }),
  ];
  const system = measured({ "5.10.0": BUT_ONE, "6.1.0": BUT_ONE });
  const found = findRangeProblems(documents.flatMap(claimsOf), system);
  expect(found.map(({ document }) => document.id)).toEqual([">=5", ">=4"]);
});

test("Versions of a system that imitates another say nothing about ranges of that.", () => {
  const imitates = { name: "wine", implements: "linux" };
  const system = measured({ "5.10.0": BUT_ONE, "6.1.0": BUT_ONE }, imitates);
  expect(findRangeProblems(claimsOf(documentOf(">=5")), system)).toEqual([]);
});
