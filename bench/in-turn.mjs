import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/**
 * Measures two things in turn, once unseen and then `rounds` times: the medians, and the ratio of these with the least and
 * the greatest ratio of one pair.
 */
export async function inTurn(rounds, measureBase, measureOwn) {
  await measureBase();
  await measureOwn();
  const pairs = [];
  for (let round = 0; round < rounds; round++)
    pairs.push({ base: await measureBase(), own: await measureOwn() });
  const { base } = medianBy(pairs, (pair) => pair.base);
  const { own } = medianBy(pairs, (pair) => pair.own);
  const ratios = pairs.map((pair) => pair.own / pair.base);
  return { base, own, ratio: [own / base, Math.min(...ratios), Math.max(...ratios)] };
}

/** Milliseconds that a program of Node takes from start to end. */
export function timeNode(...given) {
  const startedAt = performance.now();
  const { status } = spawnSync(process.execPath, given, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${given.join(" ")} ended with ${status}`);
  return performance.now() - startedAt;
}

/** The one in the middle. */
export function medianBy(items, valueOf) {
  return items.toSorted((a, b) => valueOf(a) - valueOf(b))[Math.floor(items.length / 2)];
}
