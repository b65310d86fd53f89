import { writeFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { wineRunner } from "../dist/runners/wine.js";
import { inTurn } from "./in-turn.mjs";

const ROUNDS = 5;

/** A table under Wine against a Node for Windows that does nothing in the same place. */
export async function measureWine(print, out) {
  print("");
  print("## Under Wine");
  print("");
  const { here } = await wineRunner().availability();
  if (!here) return print("There is no Wine on this machine.");
  const empty = path.join(out, "empty.cjs");
  writeFileSync(empty, "");
  const { base, own, ratio } = await inTurn(
    ROUNDS,
    () => run(wineRunner(undefined, { entry: empty })),
    () => run(wineRunner(), 180),
  );
  print("| what | takes | an empty Node for Windows takes | ratio |");
  print("| --- | --- | --- | --- |");
  print(`| 180 experiments of Table 1 | ${own.toFixed(0)} ms | ${base.toFixed(0)} ms | ${ratio} |`);
}

/** Milliseconds until the runner is done; a program that says nothing is told as a problem. */
async function run(runner, wanted = 0) {
  const startedAt = performance.now();
  let observed = 0;
  try {
    for await (const line of runner.run(REQUEST)) if (line.type === "observation") observed += 1;
  } catch (error) {
    if (wanted > 0) throw error;
  }
  if (observed !== wanted) throw new Error(`${observed} observations, not ${wanted}`);
  return performance.now() - startedAt;
}

const REQUEST = {
  selection: {
    files: [],
    filter: [],
    protocol: [],
    family: [],
    document: ["so-exclusiveaddruse/table-1"],
    shard: null,
  },
  options: { jobs: 1, isolate: false, confirm: 0, timeoutMs: 5000, ports: null },
  signal: new AbortController().signal,
  say: (sentence) => process.stderr.write(`${sentence}\n`),
};
