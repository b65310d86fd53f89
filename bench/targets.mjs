import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { readClaims, readControls } from "../dist/harness/claims/read-claims.js";
import { measureTarget } from "../dist/harness/measure/measure-target.js";
import { createTimeline } from "../dist/harness/measure/timeline.js";
import { startPair } from "../dist/harness/trial/pair.js";
import { createMeasurePlanner } from "../dist/harness/verdicts/measure-plan.js";
import { availableRunners } from "../dist/runners/available.js";
import { inTurn, medianBy } from "./in-turn.mjs";

const BINDCHECK = fileURLToPath(new URL("../dist/bindcheck.cjs", import.meta.url));
const ROUNDS = 5;
// One for each system; a target gets the one that speaks of it.
const TABLES = ["socket-7/bound", "so-exclusiveaddruse/table-1"];

/** A table on each target against its floor: the same place and two binders of which nothing is asked. */
export async function measureTargets({ print, ratioText, out }) {
  const { claims } = await readClaims([]);
  const table = claims.filter(({ document }) => TABLES.includes(document.id));
  const planFor = createMeasurePlanner(table, await readControls(), false);
  print("");
  print("## Targets: one table against the floor of each");
  print("");
  print("The floor is the target's own start and end with two binders of which nothing is asked.");
  print("The phases are those of the median run, in milliseconds.");
  print("");
  print(`| target | experiments | takes | floor | ratio | ${PHASES.join(" | ")} |`);
  print(`| --- | --- | --- | --- | --- | ${PHASES.map(() => "---").join(" | ")} |`);
  for (const runner of (await availableRunners()).toReversed())
    try {
      print(`| ${(await cellsOf(runner, planFor, ratioText)).join(" | ")} |`);
    } catch (error) {
      // As on a machine that does too much else.
      print(`| ${runner.name} | not measured: ${error.message} |`);
    }
  measureAll(print, out);
}

/** The row of a target. */
async function cellsOf(runner, planFor, ratioText) {
  const runs = [];
  const { base, own, ratio } = await inTurn(
    ROUNDS,
    () => timed(runner, comeUp),
    async () => {
      const run = await measured(runner, planFor);
      runs.push(run);
      return run.ms;
    },
  );
  const median = medianBy(runs.slice(1), ({ ms }) => ms); // the first one warms up
  return [
    runner.name,
    median.observed,
    `${own.toFixed(0)} ms`,
    `${base.toFixed(0)} ms`,
    ratioText(`a table on ${runner.name} against its floor`, ratio),
    ...PHASES.map((phase) => median[phase]),
  ];
}

const PHASES = ["prepare", "start", "controls", "experiments", "end"];

/** Milliseconds from a target that is opened to its end. */
async function timed(runner, use, timeline = createTimeline()) {
  const startedAt = performance.now();
  const say = (sentence) => process.stderr.write(`${sentence}\n`);
  timeline.enter("prepare");
  const target = await runner.open({ signal: new AbortController().signal, say });
  try {
    await use(target);
  } finally {
    timeline.enter("end");
    await target.close();
    timeline.enter(null);
  }
  return performance.now() - startedAt;
}

async function comeUp(target) {
  const pair = startPair(target);
  await pair.hello;
  pair.end();
}

/** A table on a target: how many experiments, the milliseconds of the whole and of each phase. */
async function measured(runner, planFor) {
  const timeline = createTimeline();
  let observed = 0;
  const measure = async (target) => {
    observed = await measureTable(runner, target, planFor, timeline);
  };
  const ms = await timed(runner, measure, timeline);
  return { observed, ms, ...timeline.timings().phases };
}

async function measureTable({ name }, target, planFor, timeline) {
  let observed = 0;
  const lines = measureTarget({
    name,
    target,
    planFor,
    options: { jobs: 1, isolate: false, confirm: 0, timeoutMs: 5000, ports: null },
    signal: new AbortController().signal,
    timeline,
  });
  for await (const { type } of lines) if (type === "observation") observed += 1;
  return observed;
}

/** Where the time of every target goes when every document is measured. */
function measureAll(print, out) {
  spawnSync(process.execPath, [BINDCHECK, "run", "--on", "available", "--out", out], {
    stdio: "ignore",
  });
  const lines = readFileSync(path.join(out, "results.ndjson"), "utf8").trimEnd().split("\n");
  const { timings, wallMs, observations } = JSON.parse(lines.at(-1));
  print("");
  print("## Targets: every document");
  print("");
  print(
    `${observations} experiments in ${seconds(wallMs)} s; one run. Pairs to waits go on side by`,
  );
  print("side during the experiments (see docs/result-stream.md). In seconds:");
  print("");
  const names = [...PHASES, ...Object.keys(timings[0]?.work ?? {})];
  print(`| target | ${names.join(" | ")} |`);
  print(`| --- | ${names.map(() => "---").join(" | ")} |`);
  for (const { target, phases, work } of timings) {
    const times = { ...phases, ...work };
    print(`| ${[target, ...names.map((name) => seconds(times[name]))].join(" | ")} |`);
  }
}

function seconds(ms) {
  return (ms / 1000).toFixed(2);
}
