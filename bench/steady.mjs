// Measures N experiments of a table over and over with one harness, and prints what that took as one line of JSON.
import { performance } from "node:perf_hooks";
import { readClaims } from "../dist/harness/claims/read-claims.js";
import { planExperiments } from "../dist/harness/experiments/plan.js";
import { openThisMachine } from "../dist/harness/binder-client/local-binders.js";
import { measureTarget } from "../dist/harness/measure/measure-target.js";
import { createTimeline } from "../dist/harness/measure/timeline.js";

const [count, isolate, jobs] = [Number(process.argv[2]), process.argv[3] === "isolate", 1];
const { claims } = await readClaims([]);
const table = planExperiments(claims.filter(({ document }) => document.id === "socket-7/bound"));

function* repeated() {
  for (let index = 0; index < count; index++) yield table[index % table.length];
}

const lines = measureTarget({
  name: "local",
  target: openThisMachine(),
  planFor: () => ({
    experiments: repeated(),
    needsOtherAccount: false,
    controls: [],
    controlProblem: () => null,
    isDoubtful: () => false,
  }),
  options: { jobs, isolate, confirm: 0, timeoutMs: 10_000, ports: null },
  signal: new AbortController().signal,
  timeline: createTimeline(),
});
let startedAt = performance.now();
let decided = 0;
for await (const line of lines) {
  if (line.type === "target") startedAt = performance.now(); // the binders are up
  else if (line.outcome.kind === "success" || line.outcome.kind === "error") decided += 1;
}
const seconds = (performance.now() - startedAt) / 1000;
const { maxRSS } = process.resourceUsage(); // KiB
// With --expose-gc: what is still held when the last experiment is done.
globalThis.gc?.();
const heapKiB = Math.round(process.memoryUsage().heapUsed / 1024);
process.stdout.write(`${JSON.stringify({ decided, seconds, maxRssKiB: maxRSS, heapKiB })}\n`);
