import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** Measures two things in turn, once unseen and then `rounds` times: `{ base, own, ratio }`, the last as text. */
export async function inTurn(rounds, measureBase, measureOwn) {
  await measureBase();
  await measureOwn();
  const pairs = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ base: await measureBase(), own: await measureOwn() });
  const base = median(pairs.map((pair) => pair.base));
  const own = median(pairs.map((pair) => pair.own));
  const ratios = pairs.map((pair) => pair.own / pair.base);
  const spread = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(1));
  return { base, own, ratio: `${(own / base).toFixed(2)} (${spread.join("-")})` };
}

/** Milliseconds that a program of Node takes from start to end. */
export function timeNode(...given) {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, given, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${given.join(" ")} ended with ${status}`);
  return performance.now() - startedAt;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
