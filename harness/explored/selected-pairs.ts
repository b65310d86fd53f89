import { createHash } from "node:crypto";
import { createMatcher, parseShard, refuseEndless } from "../claims/select.ts";
import { everyPair, systemsApart } from "../experiments/every-pair.ts";
import { everyOption } from "../experiments/every-option.ts";
import type { OptionExperiment } from "../model/option-experiment.ts";
import type { EndpointPair } from "../model/experiment.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import { OWN_SYSTEMS } from "../model/vocabulary.ts";

/** Tells whether an experiment of a platform is among those of a selection. Throws InputError for a wrong filter. */
export function createPairSelector(
  platform: string,
  selection: Selection,
): (experiment: Explored) => boolean {
  const { filter, protocol, family, shard } = selection;
  const whole = wholeIds(platform, selection);
  const matchers = filter.map((text) => createMatcher(text, whole.has(text)));
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

/**
 * Throws InputError when a selection has no experiment of any system, or a filter that takes too long to match those that
 * there are.
 */
export function refuseUnmatched(selection: Selection): void {
  const systems = selection.options ? OWN_SYSTEMS : systemsApart(selection.with);
  for (const filter of selection.filter)
    for (const system of systems) refuseEndless(filter, idsToMatch(system, selection));
  const isAny = systems.some((system) => {
    const pairs = selectedPairs(system, selection, new Set());
    return pairs[Symbol.iterator]().next().done !== true;
  });
  if (isAny) return;
  throw new InputError([
    "the selection matches nothing: widen --filter, --protocol or --family (ids are as in 'bindcheck list')",
  ]);
}

function* idsToMatch(platform: string, selection: Selection): Generator<string> {
  const isNamed = createPairSelector(platform, { ...selection, filter: [], shard: null });
  for (const experiment of everyExperiment(platform, selection))
    if (isNamed(experiment)) yield experiment.id;
}

/** An experiment about which nothing is said. */
type Explored = EndpointPair | OptionExperiment;

function everyExperiment(platform: string, selection: Selection): Iterable<Explored> {
  return selection.options ? everyOption(platform) : everyPair(platform, selection.with);
}

/** Those of the filters that are ids as a whole. */
function wholeIds(platform: string, selection: Selection): ReadonlySet<string> {
  const sought = new Set(selection.filter.filter((text) => LIKE_AN_ID.test(text)));
  const found = new Set<string>();
  if (sought.size === 0) return found;
  for (const { id } of everyExperiment(platform, selection)) {
    if (!sought.delete(id)) continue;
    found.add(id);
    if (sought.size === 0) break;
  }
  return found;
}

// Where none is like an id, millions need not be looked through.
const LIKE_AN_ID = /^(?:tcp|udp)\/.* (?:>|option) /;

/** By the id's hash, so that no list of all is needed. */
function createShardSelector(shard: string): (id: string) => boolean {
  const { index, count } = parseShard(shard);
  const hash = createHash; // once: it is loaded where it is named, and there may be millions of ids
  return (id) => hash("sha256").update(id).digest().readUInt32BE() % count === index - 1;
}
