import { expect, test } from "vitest";
import { sampleRun, sampleShards } from "../../tests/samples/recorded-run.ts";
import { findShardProblems } from "./find-missing-shards.ts";
import type { RecordedRun } from "./recorded-run.ts";

const shards = sampleShards();

function problemsOf(...runs: RecordedRun[]): readonly string[] {
  const { clashing, missing } = findShardProblems(runs);
  return [...clashing, ...missing];
}

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
  expect(problemsOf(first, first)).toEqual(["'local': shard 1/3 is in 1.ndjson and 1.ndjson"]);
});
