import { expect, test } from "vitest";
import { IN_USE, sampleRun, SUCCESS } from "../../tests/samples/recorded-run.ts";
import type { Outcome } from "../model/observation.ts";
import { compareVersions } from "./compare-versions.ts";
import type { RecordedRun } from "./recorded-run.ts";

/** A run on a Linux of some version, by the outcomes of some experiments. */
function linux(version: string, outcomes: Readonly<Record<string, Outcome>>): RecordedRun {
  const platform = { name: "linux", implements: "linux", version };
  return sampleRun({ target: `linux-${version}`, line: { platform }, outcomes });
}

const ID = "tcp/ipv4 none@wildcard > SO_REUSEADDR@wildcard";

test("Versions come in their own order, and equal neighbours are one span.", () => {
  const [system] = compareVersions([
    linux("6.12.1", { SO_REUSEADDR: IN_USE }),
    linux("5.10.46", { SO_REUSEADDR: IN_USE }),
    linux("6.1.176", { SO_REUSEADDR: SUCCESS }),
    linux("7.2.0", { SO_REUSEADDR: IN_USE }),
  ]);
  expect(system?.versions.map(({ label }) => label)).toEqual([
    "5.10.46",
    "6.1.176",
    "6.12.1",
    "7.2.0",
  ]);
  expect(system?.findings).toEqual([
    {
      spans: [
        { from: "5.10.46", to: "5.10.46", outcome: "EADDRINUSE" },
        { from: "6.1.176", to: "6.1.176", outcome: "success" },
        { from: "6.12.1", to: "7.2.0", outcome: "EADDRINUSE" },
      ],
      unmeasured: [],
      experiments: [{ id: ID }],
    },
  ]);
});

test("Experiments that changed in the same way are one finding; the others are counted.", () => {
  const [system] = compareVersions([
    linux("5.10.46", { SO_REUSEADDR: IN_USE, SO_REUSEPORT: IN_USE, none: SUCCESS }),
    linux("6.1.176", { SO_REUSEADDR: SUCCESS, SO_REUSEPORT: SUCCESS, none: SUCCESS }),
  ]);
  expect(system?.findings.map(({ experiments }) => experiments.length)).toEqual([2]);
  expect(system?.same).toBe(1);
});

test("What one version did not measure is named, and makes no difference.", () => {
  const broken: Outcome = { kind: "broken", reason: "binder-died", detail: "it died" };
  const [system] = compareVersions([
    linux("5.10.46", { SO_REUSEADDR: IN_USE, SO_REUSEPORT: SUCCESS }),
    linux("6.1.176", { SO_REUSEADDR: broken }),
    linux("6.12.1", { SO_REUSEADDR: SUCCESS }),
  ]);
  expect(system?.findings).toMatchObject([
    { spans: [{ from: "5.10.46" }, { from: "6.12.1" }], unmeasured: ["6.1.176"] },
  ]);
  expect(system?.alone).toBe(1);
});

test("Two targets of one version are told apart by what differs.", () => {
  const base = linux("6.18.0", { none: SUCCESS });
  const [line] = base.targets;
  if (!line) throw new Error("a sample run has a target");
  const other = {
    ...base,
    targets: [{ ...line, target: "node-24", runtime: { node: "v24.1.0" } }],
    observations: base.observations.map((each) => ({ ...each, target: "node-24" })),
  };
  const [system] = compareVersions([base, other]);
  expect(system?.versions.map(({ label }) => label)).toEqual([
    "6.18.0 (Node 20.0.0)",
    "6.18.0 (Node 24.1.0)",
  ]);
});

test("A system that was measured in one version alone is not compared.", () => {
  expect(compareVersions([linux("6.1.176", { none: SUCCESS })])).toEqual([]);
});
