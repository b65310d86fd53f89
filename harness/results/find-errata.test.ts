import { expect, test } from "vitest";
import { sampleDocument } from "../../tests/samples/claim.ts";
import { sampleEndpoint, sampleExperiment } from "../../tests/samples/experiment.ts";
import { IN_USE, SUCCESS, sampleRun } from "../../tests/samples/recorded-run.ts";
import type { Outcome } from "../model/observation.ts";
import { findErrata } from "./find-errata.ts";
import type { TargetLine } from "./line.ts";
import type { RecordedRun } from "./recorded-run.ts";

const LINUX = { name: "linux", implements: "linux", version: "6.1.0" };
const WINE = { name: "wine", implements: "windows", version: "10.0.19043" };
const GVISOR = { name: "gvisor", implements: "linux", version: "4.4.0" };

/** A run of one experiment, against a document of a platform. */
function runOf(
  outcome: Outcome,
  line: Partial<TargetLine>,
  { platform = "linux", file = "results.ndjson" } = {},
): RecordedRun {
  const document = { ...sampleDocument(), appliesTo: { platform, versions: "*" } };
  return sampleRun({ file, line, run: { documents: [document] }, outcomes: { none: outcome } });
}

/** The same run, as servers of Node's own API. */
function byNode(run: RecordedRun): RecordedRun {
  const endpoint = sampleEndpoint({ api: "node" });
  const experiment = sampleExperiment({ first: endpoint, second: endpoint });
  return {
    ...run,
    observations: run.observations.map((each) => ({ ...each, experiment })),
    verdicts: run.verdicts.map((each) => ({ ...each, experiment: experiment.id })),
  };
}

test.each([WINE, GVISOR])(
  "A document of any platform is not held against $name, which only offers another's calls.",
  (platform) => {
    const { documents, unmeasured } = findErrata([
      runOf(IN_USE, { platform }, { platform: "any" }),
    ]);
    expect(documents).toEqual([]);
    expect(unmeasured).toEqual([{ platform: "any", documents: 1, onlyOn: [platform.name] }]);
  },
);

test("A document of any platform is held against a system that is its own.", () => {
  const { documents } = findErrata([runOf(IN_USE, { platform: LINUX }, { platform: "any" })]);
  expect(documents[0]?.claims[0]?.seen).toMatchObject([{ contradicts: true }]);
});

test("A document that names what offers another's calls is held against it.", () => {
  const { documents } = findErrata([runOf(IN_USE, { platform: WINE }, { platform: "wine" })]);
  expect(documents[0]?.claims[0]?.seen).toMatchObject([{ contradicts: true }]);
});

test("Runs that hold one cell against different words are refused, with their files.", () => {
  const old = runOf(IN_USE, {}, { file: "old.ndjson" });
  const corrected = runOf(IN_USE, {}, { file: "new.ndjson" });
  const verdicts = corrected.verdicts.map((each) => ({
    ...each,
    verdict: "held" as const,
    claim: { ...each.claim, expect: "EADDRINUSE" },
  }));
  expect(() => findErrata([old, { ...corrected, verdicts }])).toThrow(
    "'tcp/ipv4 none@wildcard > none@wildcard' of sample is success in old.ndjson and EADDRINUSE in new.ndjson",
  );
});

test("A cell that has moved in its case file is one cell.", () => {
  const moved = runOf(SUCCESS, { platform: { ...LINUX, version: "6.8.0" } });
  const verdicts = moved.verdicts.map((each) => ({
    ...each,
    claim: { ...each.claim, source: { ...each.claim.source, line: 99 } },
  }));
  const { documents } = findErrata([runOf(IN_USE, {}), { ...moved, verdicts }]);
  expect(documents[0]?.claims).toHaveLength(1);
  expect(documents[0]?.claims[0]?.seen).toHaveLength(2);
});

test("Two versions of Node are two builds of a document about Node.", () => {
  const { documents } = findErrata([
    byNode(runOf(SUCCESS, { runtime: { node: "v22.9.0" } })),
    byNode(runOf(IN_USE, { runtime: { node: "v20.20.2" } })),
  ]);
  expect(documents[0]?.builds.map(({ version }) => version)).toEqual([
    "node 20.20.2",
    "node 22.9.0",
  ]);
  expect(documents[0]?.claims[0]?.seen).toMatchObject([
    { contradicts: true, build: { version: "node 20.20.2" } },
    { contradicts: false, build: { version: "node 22.9.0" } },
  ]);
});

test("Which Node measured makes no build of a system.", () => {
  const { documents } = findErrata([
    runOf(IN_USE, { runtime: { node: "v22.9.0" } }),
    runOf(IN_USE, { runtime: { node: "v20.20.2" } }),
  ]);
  expect(documents[0]?.builds.map(({ version }) => version)).toEqual(["6.1.0"]);
});

test("Builds of different systems are told apart by the system's name.", () => {
  const windows = { name: "windows", implements: "windows", version: "10.0.20348" };
  const { documents } = findErrata([
    runOf(IN_USE, { platform: windows }, { platform: "any" }),
    runOf(SUCCESS, { platform: LINUX }, { platform: "any" }),
  ]);
  expect(documents[0]?.builds.map(({ version }) => version)).toEqual([
    "linux 6.1.0",
    "windows 10.0.20348",
  ]);
});

test("Another document of the same site that says what was observed is named, one of another site or of none is not.", () => {
  const run = runOf(IN_USE, { platform: LINUX });
  const [own] = run.run.documents;
  if (!own) throw new Error("the sample has no document");
  const sibling = { ...own, id: "sibling" };
  const elsewhere = { ...own, id: "elsewhere", url: "https://elsewhere.example/" };
  const { url: _url, ...nowhere } = { ...own, id: "nowhere" };
  const both = [sibling, elsewhere, nowhere].flatMap(({ id }) =>
    run.verdicts.map((each) => ({ ...each, document: id, verdict: "held" as const })),
  );
  const { documents } = findErrata([
    {
      ...run,
      run: { ...run.run, documents: [own, sibling, elsewhere, nowhere] },
      verdicts: [...run.verdicts, ...both],
    },
  ]);
  const [found] = documents;
  expect(found?.siblings).toEqual([{ document: sibling, claims: 1 }]);
  expect(documents.slice(1).map(({ siblings }) => siblings)).toEqual([[], [], []]);
});
