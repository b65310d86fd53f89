import { expect, test } from "vitest";
import { sampleDocument } from "../../tests/samples/claim.ts";
import { IN_USE, SUCCESS, sampleId, sampleRun } from "../../tests/samples/recorded-run.ts";
import { InputError } from "../model/problem.ts";
import { mergeRuns } from "./merge-runs.ts";
import type { RecordedRun } from "./recorded-run.ts";

const WHOLE = { none: SUCCESS, SO_REUSEADDR: IN_USE, SO_REUSEPORT: SUCCESS };
const shards = [
  sampleRun({ file: "1.ndjson", shard: "1/3", outcomes: { SO_REUSEPORT: SUCCESS } }),
  sampleRun({ file: "2.ndjson", shard: "2/3", outcomes: { SO_REUSEADDR: IN_USE } }),
  sampleRun({ file: "3.ndjson", shard: "3/3", outcomes: { none: SUCCESS } }),
];

function problemsOf(...runs: RecordedRun[]): readonly string[] {
  try {
    mergeRuns(runs);
  } catch (error) {
    if (error instanceof InputError) return error.lines;
    throw error;
  }
  return [];
}

test("Shards are the whole, in whatever order they come.", () => {
  const whole = mergeRuns([sampleRun({ outcomes: WHOLE })]);
  expect(whole.lines.map(({ type }) => type)).toEqual([
    "target",
    "observation",
    "verdict",
    "observation",
    "verdict",
    "observation",
    "verdict",
  ]);
  expect(mergeRuns(shards)).toEqual(whole);
  expect(mergeRuns(shards.toReversed())).toEqual(whole);
});

test("Observations stand as the documents speak of them, not as they were measured.", () => {
  const { SO_REUSEPORT, SO_REUSEADDR, none } = WHOLE;
  const ids = [
    { none, SO_REUSEADDR, SO_REUSEPORT },
    { SO_REUSEPORT, SO_REUSEADDR, none },
  ].map((outcomes) =>
    mergeRuns([sampleRun({ outcomes })]).lines.flatMap((line) =>
      line.type === "observation" ? line.experiment.id : [],
    ),
  );
  expect(ids[0]).toEqual(ids[1]);
  const run = sampleRun({ outcomes: { SO_REUSEPORT, SO_REUSEADDR } });
  const [port, addr] = run.verdicts;
  if (!port || !addr) throw new Error("there are two");
  const above = { ...port, claim: { ...port.claim, source: { file: "", line: 1, column: 1 } } };
  const [, first] = mergeRuns([{ ...run, verdicts: [addr, above] }]).lines;
  expect(first).toMatchObject({ experiment: { id: sampleId("SO_REUSEPORT") } });
});

test("Targets stand by name; what was lost stays told.", () => {
  const wine = sampleRun({ target: "wine", outcomes: { none: SUCCESS } });
  const lost = { type: "target-problem", target: "gvisor", problem: "lost" } as const;
  const { lines } = mergeRuns([
    wine,
    sampleRun(),
    { ...sampleRun(), targets: [], problems: [lost] },
  ]);
  expect(lines.map((line) => ("target" in line ? `${line.target} ${line.type}` : ""))).toEqual([
    "gvisor target-problem",
    "local target",
    "wine target",
    "wine observation",
    "wine verdict",
  ]);
});

test("The same experiment twice names both files.", () => {
  const one = sampleRun({ file: "one", outcomes: { none: SUCCESS, SO_REUSEADDR: SUCCESS } });
  const same = sampleRun({ file: "two", outcomes: { none: SUCCESS, SO_REUSEADDR: SUCCESS } });
  expect(problemsOf(one, same)).toEqual([
    `one and two overlap: '${sampleId("none")}' on 'local' is in both, and 1 more are in both (tell machines apart as NAME=FILE)`,
  ]);
  const other = sampleRun({ file: "three", outcomes: { SO_REUSEADDR: IN_USE } });
  expect(problemsOf(one, other)).toEqual([
    `one and three contradict each other: '${sampleId("SO_REUSEADDR")}' on 'local' is success in one and EADDRINUSE (98) at bind in the other (tell machines apart as NAME=FILE)`,
  ]);
  expect(problemsOf(one, sampleRun({ target: "other", outcomes: WHOLE }))).toEqual([]);
});

test("A claim that was judged twice without being measured names both files too.", () => {
  const lost = (file: string): RecordedRun => ({
    ...sampleRun({ file, outcomes: { none: SUCCESS } }),
    observations: [],
  });
  expect(problemsOf(lost("one"), lost("two"))).toEqual([
    expect.stringMatching(/^one and two overlap: '.*' on 'local' is in both \(/),
  ]);
});

test("Two systems of one name are no result.", () => {
  const platform = { name: "linux", implements: "linux", version: "6.8.0" };
  const newer = sampleRun({ file: "two", line: { platform } });
  expect(problemsOf(sampleRun({ file: "one" }), newer)).toEqual([
    "one and two call different systems 'local': Debian, linux 6.1.0, and Debian, linux 6.8.0 (tell machines apart as NAME=FILE)",
  ]);
});

test("Two builds of one version are one system.", () => {
  const built = (build: string): RecordedRun => {
    const platform = { name: "linux", implements: "linux", version: `6.1.0-${build}-azure` };
    return sampleRun({ line: { platform } });
  };
  expect(problemsOf(built("1021"), built("1022"))).toEqual([]);
});

test("A missing shard is told, with those that are there.", () => {
  expect(problemsOf(...shards.slice(1))).toEqual([
    "'local': without shard 1/3 this is not the whole (there are 2/3 in 2.ndjson, 3/3 in 3.ndjson)",
  ]);
});

test("A shard of a target does not stand for that of another.", () => {
  const wine = sampleRun({ file: "w", target: "wine", shard: "1/3" });
  expect(problemsOf(...shards, wine)).toEqual([
    "'wine': without shard 2/3, 3/3 this is not the whole (there are 1/3 in w)",
  ]);
});

test("A shard of another selection does not stand for one either.", () => {
  const [first, ...others] = shards;
  if (!first) throw new Error("there are three");
  const selection = { ...first.run.selection, family: ["ipv4"] };
  expect(problemsOf({ ...first, run: { ...first.run, selection } }, ...others)).toHaveLength(2);
});

test("Parts of different wholes, and a part twice, are told.", () => {
  const half = sampleRun({ file: "half", shard: "1/2" });
  expect(problemsOf(half, ...shards)).toEqual([
    "'local': 1/2 in half and 1/3 in 1.ndjson are not parts of one whole",
  ]);
  const again = sampleRun({ file: "again", shard: "2/3" });
  expect(problemsOf(...shards, again)).toEqual(["'local': shard 2/3 is in 2.ndjson and again"]);
});

test("A run that was cut off is named.", () => {
  expect(mergeRuns([sampleRun()]).cutOff).toEqual([]);
  const cut = sampleRun({ file: "cut", target: "other", isCutOff: true });
  expect(mergeRuns([sampleRun(), cut]).cutOff).toEqual(["cut"]);
});

test("Documents stand once, each where the first run that has it has it.", () => {
  const [a, b, c] = ["a", "b", "c"].map((id) => sampleDocument({ id }));
  if (!a || !b || !c) throw new Error("there are three");
  const { run } = mergeRuns([
    sampleRun({ run: { documents: [a, c] } }),
    sampleRun({ target: "other", run: { documents: [a, b] } }),
  ]);
  expect(run.documents.map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("What the runs were asked alike stays, without their parts and their outputs.", () => {
  const asked = (target: string, ...words: string[]): RecordedRun =>
    sampleRun({ target, run: { arguments: ["run", ...words] } });
  const one = asked("a", "--shard", "1/2", "--jobs=2", "--reporter=ndjson=a", "--out", "a");
  expect(mergeRuns([one, asked("b", "--jobs=2", "--out=b")]).run.arguments).toEqual([
    "run",
    "--jobs=2",
  ]);
  expect(mergeRuns([one, asked("b", "--jobs=3")]).run.arguments).toEqual([]);
});

test("Where one machine of several differs, all are told, and a control that failed counts.", () => {
  const os = { name: "Debian", version: "6.1.0", build: "2", kernel: "Linux 6.1.0" };
  const { lines } = mergeRuns([
    sampleRun({ line: { controls: { b: "held", a: "held" } } }),
    sampleRun({ line: { os, controls: { a: "came out as success" } } }),
  ]);
  expect(lines).toMatchObject([{ os: { build: "1 / 2", kernel: "Linux 6.1.0" } }]);
  const [target] = lines;
  expect(target?.type === "target" && Object.entries(target.controls)).toEqual([
    ["a", "came out as success"],
    ["b", "held"],
  ]);
});
