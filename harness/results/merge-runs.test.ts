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

test("A missing shard is reported, with those that are there.", () => {
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

test("Parts of different wholes, and a part twice, are reported.", () => {
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
  expect(merged.wallMs).toBe(30);
  expect(merged.run.startedAt).toBe("2026-01-01T00:00:00.000Z");
  expect(mergeRuns([sampleRun({ isCutOff: true })]).wallMs).toBe(0);
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

test("A first word that is like an option's own value stays.", () => {
  const { run } = mergeRuns([sampleRun({ run: { arguments: ["--jobs", "2"] } })]);
  expect(run.arguments).toEqual(["--jobs", "2"]);
});

test("Two systems of one version are told apart by name and by whose calls they offer.", () => {
  const on = (name: string, offers: string): RecordedRun =>
    sampleRun({
      file: `${name} ${offers}`,
      line: { platform: { name, implements: offers, version: "6.1.0" } },
    });
  expect(problemsOf(on("linux", "linux"), on("gvisor", "linux"))).toHaveLength(1);
  expect(problemsOf(on("wine", "windows"), on("wine", "linux"))).toHaveLength(1);
  expect(problemsOf(on("wine", "windows"), on("wine", "windows"))).toEqual([]);
});

test("Versions that are no numbers are compared as they are.", () => {
  const on = (version: string): RecordedRun =>
    sampleRun({ line: { platform: { name: "linux", implements: "linux", version } } });
  expect(problemsOf(on("rolling"), on("rolling"))).toEqual([]);
  expect(problemsOf(on("rolling"), on("stable"))).toHaveLength(1);
});

test("One file may say twice what it says, as when a run went on; each two files have their own line.", () => {
  const twice = sampleRun({ outcomes: { none: SUCCESS } });
  expect(problemsOf({ ...twice, observations: twice.observations.flatMap((o) => [o, o]) })).toEqual(
    [],
  );
  const three = ["one", "two", "three"].map((file) =>
    sampleRun({ file, outcomes: { none: SUCCESS } }),
  );
  expect(problemsOf(...three)).toEqual([
    expect.stringMatching(/^one and two overlap/),
    expect.stringMatching(/^one and three overlap/),
  ]);
});

test("Claims that were judged without being measured clash with those on the same target alone.", () => {
  const lost = (file: string, target: string): RecordedRun => ({
    ...sampleRun({ file, target, outcomes: { none: SUCCESS } }),
    observations: [],
  });
  expect(problemsOf(lost("one", "a"), lost("two", "b"))).toEqual([]);
});

test("Of many shards the first eight are named.", () => {
  const nine = Array.from({ length: 9 }, (_, index) =>
    sampleRun({ file: `${index + 1}`, shard: `${index + 1}/20` }),
  );
  expect(problemsOf(...nine)).toEqual([
    "'local': without shard 10/20, 11/20, 12/20, 13/20, 14/20, 15/20, 16/20, 17/20 and 3 more this is not the whole (there are 1/20 in 1, 2/20 in 2, 3/20 in 3, 4/20 in 4, 5/20 in 5, 6/20 in 6, 7/20 in 7, 8/20 in 8 and 1 more)",
  ]);
  expect(
    problemsOf(
      ...nine.slice(0, 8).map((run, index) => ({
        ...run,
        run: { ...run.run, selection: { ...run.run.selection, shard: `${index + 1}/9` } },
      })),
    ),
  ).toEqual([expect.stringMatching(/8\/9 in 8\)$/)]);
});

test("A selection is the same however its keys are ordered, and clashing shards are not called missing too.", () => {
  const [first, ...others] = shards;
  if (!first) throw new Error("there are three");
  const selection = Object.fromEntries(
    Object.entries(first.run.selection).toReversed(),
  ) as typeof first.run.selection;
  expect(problemsOf({ ...first, run: { ...first.run, selection } }, ...others)).toEqual([]);
  expect(problemsOf(first, first)).not.toContainEqual(expect.stringContaining("without shard"));
});
