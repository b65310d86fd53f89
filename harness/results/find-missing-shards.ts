import { parseShard } from "../claims/select.ts";
import type { Selection } from "../model/selection.ts";
import { targetNames, type RecordedRun } from "./recorded-run.ts";

interface Shard {
  readonly index: number;
  readonly count: number;
  readonly file: string;
}

/** What is wrong with the shards of each target and selection, one line for each. */
export interface ShardProblems {
  /** Some are there twice, or are parts of different wholes. */
  readonly clashing: readonly string[];
  /** Some are not there. */
  readonly missing: readonly string[];
}

/** Looks at the shards of every target and selection. */
export function findShardProblems(runs: readonly RecordedRun[]): ShardProblems {
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
  const all = [...groups.values()];
  return {
    clashing: all.flatMap(({ target, shards }) => clashOf(target, shards) ?? []),
    missing: all.flatMap(({ target, shards }) =>
      clashOf(target, shards) === null ? (missingOf(target, shards) ?? []) : [],
    ),
  };
}

function inOrder(selection: Omit<Selection, "shard">): [string, unknown][] {
  return Object.entries(selection).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function clashOf(target: string, shards: readonly Shard[]): string | null {
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
  return null;
}

function missingOf(target: string, shards: readonly Shard[]): string | null {
  const count = shards[0]?.count ?? 0;
  const there = new Set(shards.map(({ index }) => index));
  const missing = Array.from({ length: count }, (_, index) => index + 1)
    .filter((index) => !there.has(index))
    .map((index) => `${index}/${count}`);
  if (missing.length === 0) return null;
  const found = shards.map((shard) => `${nameOf(shard)} in ${shard.file}`);
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
