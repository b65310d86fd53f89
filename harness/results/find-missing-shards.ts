import { parseShard } from "../claims/select.ts";
import type { Selection } from "../model/selection.ts";
import { targetNames, type RecordedRun } from "./recorded-run.ts";

interface Shard {
  readonly index: number;
  readonly count: number;
  readonly file: string;
}

/** Shards that are not there, or there twice, of each target and selection: one line for each. */
export function findMissingShards(runs: readonly RecordedRun[]): string[] {
  const groups = new Map<string, { target: string; shards: Shard[] }>();
  for (const run of runs) {
    const { shard, ...selection } = run.run.selection;
    if (shard === null) continue;
    for (const target of targetNames(run)) {
      const key = JSON.stringify([target, inOrder(selection)]);
      const group = groups.get(key) ?? { target, shards: [] };
      group.shards.push({ ...parseShard(shard), file: run.file });
      groups.set(key, group);
    }
  }
  return [...groups.values()].flatMap(({ target, shards }) => problemOf(target, shards) ?? []);
}

function inOrder(selection: Omit<Selection, "shard">): [string, unknown][] {
  return Object.entries(selection).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function problemOf(target: string, shards: readonly Shard[]): string | null {
  const [first] = shards;
  if (!first) return null;
  const other = shards.find(({ count }) => count !== first.count);
  if (other)
    return `'${target}': ${nameOf(first)} in ${first.file} and ${nameOf(other)} in ${other.file} are not parts of one whole`;
  const byIndex = new Map<number, Shard>();
  for (const shard of shards) {
    const before = byIndex.get(shard.index);
    if (before) return `'${target}': shard ${nameOf(shard)} is in ${before.file} and ${shard.file}`;
    byIndex.set(shard.index, shard);
  }
  const all = Array.from({ length: first.count }, (_, index) => index + 1);
  const missing = all
    .filter((index) => !byIndex.has(index))
    .map((index) => `${index}/${all.length}`);
  if (missing.length === 0) return null;
  const found = [...byIndex.values()].map((shard) => `${nameOf(shard)} in ${shard.file}`);
  return `'${target}': without shard ${listed(missing)} this is not the whole (there are ${listed(found)})`;
}

function nameOf({ index, count }: Shard): string {
  return `${index}/${count}`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return rest > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${rest} more` : names.join(", ");
}

const MOST_NAMED = 8;
