import { expect, test } from "vitest";
import { IN_USE, SUCCESS, sampleId, sampleRun } from "../../tests/samples/recorded-run.ts";
import { findRunClashes } from "./find-run-clashes.ts";
import type { RecordedRun } from "./recorded-run.ts";

const WHOLE = { none: SUCCESS, SO_REUSEADDR: IN_USE, SO_REUSEPORT: SUCCESS };

const clashesOf = (...runs: RecordedRun[]): string[] => findRunClashes(runs);

test("The same experiment twice names both files.", () => {
  const one = sampleRun({ file: "one", outcomes: { none: SUCCESS, SO_REUSEADDR: SUCCESS } });
  const same = sampleRun({ file: "two", outcomes: { none: SUCCESS, SO_REUSEADDR: SUCCESS } });
  expect(clashesOf(one, same)).toEqual([
    `one and two overlap: '${sampleId("none")}' on 'local' is in both, and 1 more are in both (tell machines apart as NAME=FILE)`,
  ]);
  const other = sampleRun({ file: "three", outcomes: { SO_REUSEADDR: IN_USE } });
  expect(clashesOf(one, other)).toEqual([
    `one and three contradict each other: '${sampleId("SO_REUSEADDR")}' on 'local' is success in one and EADDRINUSE (98) at bind in the other (tell machines apart as NAME=FILE)`,
  ]);
  expect(clashesOf(one, sampleRun({ target: "other", outcomes: WHOLE }))).toEqual([]);
});

test("A claim that was judged twice without being measured names both files too.", () => {
  const lost = (file: string): RecordedRun => ({
    ...sampleRun({ file, outcomes: { none: SUCCESS } }),
    observations: [],
  });
  expect(clashesOf(lost("one"), lost("two"))).toEqual([
    expect.stringMatching(/^one and two overlap: '.*' on 'local' is in both \(/),
  ]);
});

test("Two systems of one name clash.", () => {
  const platform = { name: "linux", implements: "linux", version: "6.8.0" };
  const newer = sampleRun({ file: "two", line: { platform } });
  expect(clashesOf(sampleRun({ file: "one" }), newer)).toEqual([
    "one and two call different systems 'local': Debian, linux 6.1.0, and Debian, linux 6.8.0 (tell machines apart as NAME=FILE)",
  ]);
});

test("Two builds of one version are one system.", () => {
  const built = (build: string): RecordedRun => {
    const platform = { name: "linux", implements: "linux", version: `6.1.0-${build}-azure` };
    return sampleRun({ line: { platform } });
  };
  expect(clashesOf(built("1021"), built("1022"))).toEqual([]);
});

test("Two systems of one version clash where their names differ, or whose calls they offer.", () => {
  const on = (name: string, offers: string): RecordedRun =>
    sampleRun({
      file: `${name} ${offers}`,
      line: { platform: { name, implements: offers, version: "6.1.0" } },
    });
  expect(clashesOf(on("linux", "linux"), on("gvisor", "linux"))).toHaveLength(1);
  expect(clashesOf(on("wine", "windows"), on("wine", "linux"))).toHaveLength(1);
  expect(clashesOf(on("wine", "windows"), on("wine", "windows"))).toEqual([]);
});

test("Versions that are not numbers are compared as they are.", () => {
  const on = (version: string): RecordedRun =>
    sampleRun({ line: { platform: { name: "linux", implements: "linux", version } } });
  expect(clashesOf(on("rolling"), on("rolling"))).toEqual([]);
  expect(clashesOf(on("rolling"), on("stable"))).toHaveLength(1);
});

test("One file may say twice what it says, as when a run went on; each two files have their own line.", () => {
  const twice = sampleRun({ outcomes: { none: SUCCESS } });
  expect(clashesOf({ ...twice, observations: twice.observations.flatMap((o) => [o, o]) })).toEqual(
    [],
  );
  const three = ["one", "two", "three"].map((file) =>
    sampleRun({ file, outcomes: { none: SUCCESS } }),
  );
  expect(clashesOf(...three)).toEqual([
    expect.stringMatching(/^one and two overlap/),
    expect.stringMatching(/^one and three overlap/),
  ]);
});

test("Claims that were judged without being measured clash with those on the same target alone.", () => {
  const lost = (file: string, target: string): RecordedRun => ({
    ...sampleRun({ file, target, outcomes: { none: SUCCESS } }),
    observations: [],
  });
  expect(clashesOf(lost("one", "a"), lost("two", "b"))).toEqual([]);
});
