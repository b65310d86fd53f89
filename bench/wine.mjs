import { performance } from "node:perf_hooks";
import { readClaims } from "../dist/harness/claims/read-claims.js";
import { planExperiments } from "../dist/harness/experiments/plan.js";
import { measureTarget } from "../dist/harness/measure/measure-target.js";
import { startPair } from "../dist/harness/trial/pair.js";
import { wineRunner } from "../dist/runners/wine.js";
import { inTurn } from "./in-turn.mjs";

const ROUNDS = 5;
const TABLE = "so-exclusiveaddruse/table-1";

/** A table under Wine against the same place and binders without an experiment. */
export async function measureWine(print) {
  print("");
  print("## Under Wine");
  print("");
  const { here } = await wineRunner().availability();
  if (!here) return print("There is no Wine on this machine.");
  const { claims } = await readClaims([]);
  const table = planExperiments(claims.filter(({ document }) => document.id === TABLE));
  const { base, own, ratio } = await inTurn(
    ROUNDS,
    () => timed(comeUp),
    () => timed((target) => measureTable(target, table)),
  );
  print("| what | takes | two binders that only come up take | ratio |");
  print("| --- | --- | --- | --- |");
  print(
    `| ${table.length} experiments | ${own.toFixed(0)} ms | ${base.toFixed(0)} ms | ${ratio} |`,
  );
}

/** Milliseconds from a place under Wine that is opened to its end. */
async function timed(use) {
  const startedAt = performance.now();
  const say = (sentence) => process.stderr.write(`${sentence}\n`);
  const target = await wineRunner().open({ signal: new AbortController().signal, say });
  try {
    await use(target);
  } finally {
    await target.close();
  }
  return performance.now() - startedAt;
}

async function comeUp(target) {
  const pair = startPair(target);
  await pair.hello;
  pair.end();
}

async function measureTable(target, table) {
  let observed = 0;
  const lines = measureTarget({
    name: "wine",
    target,
    planFor: () => ({
      experiments: table,
      needsOtherAccount: false,
      controls: [],
      controlProblem: () => null,
      isDoubtful: () => false,
    }),
    options: { jobs: 1, isolate: false, confirm: 0, timeoutMs: 5000, ports: null },
    signal: new AbortController().signal,
  });
  for await (const line of lines) if (line.type === "observation") observed += 1;
  if (observed !== table.length) throw new Error(`${observed} observations, not ${table.length}`);
}
