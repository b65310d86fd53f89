import { expect, test } from "vitest";
import { sampleDocument } from "../../tests/samples/claim.ts";
import {
  IN_USE,
  SUCCESS,
  sampleId,
  sampleRun,
  sampleShards,
  sampleTimings,
} from "../../tests/samples/recorded-run.ts";
import { InputError } from "../model/problem.ts";
import { mergeRuns } from "./merge-runs.ts";
import type { RecordedRun } from "./recorded-run.ts";

const WHOLE = { none: SUCCESS, SO_REUSEADDR: IN_USE, SO_REUSEPORT: SUCCESS };
const shards = sampleShards();

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

test("Observations are in the order of the documents, not in that of measuring.", () => {
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

test("Targets are ordered by name; that one was lost stays.", () => {
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

test("A run that was cut off is named.", () => {
  expect(mergeRuns([sampleRun()]).cutOff).toEqual([]);
  const cut = sampleRun({ file: "cut", target: "other", isCutOff: true });
  expect(mergeRuns([sampleRun(), cut]).cutOff).toEqual(["cut"]);
});

test("Each document is there once, where the first run that has it has it.", () => {
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

test("Where one machine of several differs, all are reported, and a control that failed counts.", () => {
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

test("Nothing to merge is reported.", () => {
  expect(problemsOf()).toEqual(["there are no results to merge"]);
});

test("A result that may be partial says what it lacks, and is still refused where parts clash.", () => {
  const [first, second] = shards;
  if (!first || !second) throw new Error("there are three");
  const { missing, lines } = mergeRuns([first, second], { partial: true });
  expect(missing).toEqual([
    "'local': without shard 3/3 this is not the whole (there are 1/3 in 1.ndjson, 2/3 in 2.ndjson)",
  ]);
  expect(lines.filter(({ type }) => type === "observation")).toHaveLength(2);
  expect(() => mergeRuns([first, first], { partial: true })).toThrow(InputError);
  expect(mergeRuns(shards).missing).toEqual([]);
});

test("The runs were over when the longest was, and began when the first did.", () => {
  const run = (target: string, startedAt: string, wallMs: number): RecordedRun => {
    const { summary, ...rest } = sampleRun({ target, run: { startedAt } });
    return { ...rest, summary: summary && { ...summary, wallMs } };
  };
  const [a, b, c] = [
    run("a", "2026-01-02T00:00:00.000Z", 7),
    run("b", "2026-01-01T00:00:00.000Z", 30),
    run("c", "2026-01-03T00:00:00.000Z", 9),
  ];
  const merged = mergeRuns([a, b, c]);
  expect(merged.times.wallMs).toBe(30);
  expect(merged.run.startedAt).toBe("2026-01-01T00:00:00.000Z");
  expect(mergeRuns([sampleRun({ isCutOff: true })]).times).toEqual({ wallMs: 0 });
});

test("Where the time of each target went is added up over its runs, also where one does not say.", () => {
  const run = (target: string, shard: string, prepare: number): RecordedRun => {
    const { summary, ...rest } = sampleRun({ target, shard });
    return {
      ...rest,
      summary: summary && { ...summary, timings: [sampleTimings(target, prepare)] },
    };
  };
  const [one, two] = [run("a", "1/2", 5), run("a", "2/2", 6)];
  const { times } = mergeRuns([sampleRun({ target: "b" }), two, one]);
  expect(times.timings).toEqual([
    {
      target: "a",
      phases: { prepare: 11, start: 300, controls: 60, experiments: 2400, end: 20 },
      work: { pairs: 800, scenarios: 2200, options: 0, waits: 500, report: 80 },
    },
  ]);
});

test("The line of the merged run tells every version of bindcheck that took part, once.", () => {
  const by = (target: string, harness: string) => sampleRun({ target, run: { harness } });
  const { run } = mergeRuns([by("a", "1.0.0"), by("b", "1.1.0"), by("c", "1.0.0")]);
  expect(run).toMatchObject({ type: "run", version: 1, harness: "1.0.0 / 1.1.0" });
});

test("Where machines have other versions or runtimes, all are reported, and what one alone has is reported too.", () => {
  const os = { name: "Debian", version: "6.1.0", build: "1", kernel: "Linux 6.1.0" };
  const { lines } = mergeRuns([
    sampleRun({ line: { runtime: { node: "v20.0.0", koffi: "3.0.0" } } }),
    sampleRun({ line: { os: { ...os, version: "12.1" }, runtime: { node: "v22.0.0" } } }),
    sampleRun({ line: { runtime: { node: "v20.0.0", wine: "8.0" } } }),
  ]);
  expect(lines).toMatchObject([
    {
      os: { ...os, version: "6.1.0 / 12.1" },
      runtime: { node: "v20.0.0 / v22.0.0", koffi: "3.0.0", wine: "8.0" },
    },
  ]);
});

test.each([
  ["held", "failed"],
  ["failed", "held"],
])("A control that %s here and %s there failed, in whatever order they come.", (one, other) => {
  const { lines } = mergeRuns([
    sampleRun({ line: { controls: { "tcp/ipv4": one } } }),
    sampleRun({ line: { controls: { "tcp/ipv4": other } } }),
    sampleRun({ line: { controls: { "tcp/ipv4": "held" } } }),
  ]);
  expect(lines).toMatchObject([{ controls: { "tcp/ipv4": "failed" } }]);
});

test("Ten shards and more are put together in the order of their numbers, targets in that of their names.", () => {
  const documents = ["a", "b", "c"].map((id) => sampleDocument({ id }));
  const [a, b, c] = documents;
  if (!a || !b || !c) throw new Error("there are three");
  const part = (shard: string, own: typeof documents, target = "local"): RecordedRun =>
    sampleRun({ target, shard, run: { documents: own } });
  const rest = [1, 3, 4, 5, 6, 7, 8, 9].map((index) => part(`${index}/10`, []));
  const given = [part("10/10", [c]), part("2/10", [a]), ...rest];
  // What a later one alone speaks of comes first.
  for (const order of [given, given.toReversed()])
    expect(mergeRuns(order).run.documents.map(({ id }) => id)).toEqual(["c", "a"]);
  const named = [
    sampleRun({ target: "y", run: { documents: [b] } }),
    sampleRun({ target: "x", run: { documents: [a] } }),
  ];
  const merged = mergeRuns(named).run.documents.map(({ id }) => id);
  expect(mergeRuns(named.toReversed()).run.documents.map(({ id }) => id)).toEqual(merged);
});

test("The merged selection is everything that one of the runs took.", () => {
  const asked = (target: string, selection: object): RecordedRun => {
    const { run, ...rest } = sampleRun({ target });
    return { ...rest, run: { ...run, selection: { ...run.selection, ...selection } } };
  };
  const narrow = { files: ["a.yaml"], filter: ["x"], protocol: ["tcp"], family: ["ipv4"] };
  const other = { files: ["b.yaml"], filter: ["x"], protocol: ["udp"], family: ["ipv6"] };
  expect(mergeRuns([asked("a", narrow), asked("b", other)]).run.selection).toEqual({
    files: ["a.yaml", "b.yaml"],
    filter: ["x"],
    protocol: ["tcp", "udp"],
    family: ["ipv4", "ipv6"],
    document: [],
    shard: null,
  });
  // One that names nothing takes all.
  const wide = mergeRuns([asked("a", { ...narrow, document: ["d"] }), asked("b", {})]);
  expect(wide.run.selection).toEqual(sampleRun().run.selection);
});

test.each(["explores", "options", "allVersions"])(
  "The merged selection is of %s where all of them are.",
  (name) => {
    const asked = (target: string, told: boolean): RecordedRun => {
      const { run, ...rest } = sampleRun({ target });
      const selection = { ...run.selection, ...(told ? { [name]: true } : {}) };
      return { ...rest, run: { ...run, selection } };
    };
    const both = mergeRuns([asked("a", true), asked("b", true)]).run.selection;
    expect(both).toEqual({ ...sampleRun().run.selection, [name]: true });
    for (const mixed of [
      [asked("a", true), asked("b", false)],
      [asked("a", false), asked("b", true)],
      [asked("a", false), asked("b", false)],
    ])
      expect(mergeRuns(mixed).run.selection).toEqual(sampleRun().run.selection);
  },
);

test("An option stays with its value in a word of its own.", () => {
  const { run } = mergeRuns([sampleRun({ run: { arguments: ["--jobs", "2"] } })]);
  expect(run.arguments).toEqual(["--jobs", "2"]);
});

test("A shard that is missing is refused, unless the result may be partial.", () => {
  const [first, second] = shards;
  if (!first || !second) throw new Error("there are three");
  expect(problemsOf(first, second)).toEqual([expect.stringContaining("without shard 3/3")]);
});

test("A target comes before one whose name begins with its own.", () => {
  const [a, b] = ["a", "b"].map((id) => sampleDocument({ id }));
  if (!a || !b) throw new Error("there are two");
  const runs = [
    sampleRun({ target: "wine-10", run: { documents: [b] } }),
    sampleRun({ target: "wine", run: { documents: [a] } }),
  ];
  // What a later one alone speaks of comes first.
  for (const order of [runs, runs.toReversed()])
    expect(mergeRuns(order).run.documents.map(({ id }) => id)).toEqual(["b", "a"]);
});

test("Where a control failed in two ways, the last shard's is reported, in whatever order they come.", () => {
  const parts = ["one way", "another", "a third"].map((text, index) =>
    sampleRun({ shard: `${index + 1}/3`, line: { controls: { "tcp/ipv4": text } } }),
  );
  for (const order of [parts, parts.toReversed()])
    expect(mergeRuns(order).lines).toMatchObject([{ controls: { "tcp/ipv4": "a third" } }]);
});
