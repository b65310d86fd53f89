import { createHash } from "node:crypto";
import { createMatcher, parseShard } from "../claims/select.ts";
import { everyPair } from "../experiments/every-pair.ts";
import { everyOption } from "../experiments/every-option.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { EndpointPair } from "../model/experiment.ts";
import type { Selection } from "../model/selection.ts";

/** Tells whether an experiment of a platform is among those of a selection. Throws InputError for a wrong filter. */
export function createPairSelector(
  platform: string,
  selection: Selection,
): (experiment: Explored) => boolean {
  const { filter, protocol, family, shard } = selection;
  // Only a filter needs them all at once.
  const ids = new Set(filter.length > 0 ? idsOf(platform, selection) : []);
  const matchers = filter.map((text) => createMatcher(text, ids));
  const isOwn = shard === null ? () => true : createShardSelector(shard);
  return (pair) =>
    (protocol.length === 0 || protocol.includes(pair.protocol)) &&
    (family.length === 0 || family.includes(pair.family)) &&
    (matchers.length === 0 || matchers.some((matches) => matches(pair.id))) &&
    isOwn(pair.id);
}

/** The experiments of a selection, except those of some ids, made as they are needed: there are tens of thousands. */
export function selectedPairs(
  platform: string,
  selection: Selection,
  except: Pick<ReadonlySet<string>, "has">,
): Iterable<Explored> {
  const isSelected = createPairSelector(platform, selection);
  return {
    *[Symbol.iterator]() {
      for (const pair of everyExperiment(platform, selection))
        if (isSelected(pair) && !except.has(pair.id)) yield pair;
    },
  };
}

/** An experiment about which nothing is said. */
type Explored = EndpointPair | OptionExperiment;

function everyExperiment(platform: string, selection: Selection): Iterable<Explored> {
  return selection.options ? everyOption(platform) : everyPair(platform, selection.with);
}

function* idsOf(platform: string, selection: Selection): Generator<string> {
  for (const { id } of everyExperiment(platform, selection)) yield id;
}

/** By the id's hash, so that no list of all is needed. */
function createShardSelector(shard: string): (id: string) => boolean {
  const { index, count } = parseShard(shard);
  return (id) => createHash("sha256").update(id).digest().readUInt32BE() % count === index - 1;
}
