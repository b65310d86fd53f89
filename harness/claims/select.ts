import { createHash } from "node:crypto";
import { createContext, Script } from "node:vm";
import { nearMatches } from "../model/near-matches.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import type { ListedClaim, Listing } from "./listing.ts";

/** The claims of a selection. Throws InputError when a part of the selection can match nothing. */
export function selectClaims<Selected extends ListedClaim>(
  { documents, claims }: Pick<Listing, "documents"> & { readonly claims: readonly Selected[] },
  selection: Selection,
): Selected[] {
  for (const id of selection.document)
    if (!documents.some((document) => document.id === id))
      throw unknownDocument(
        id,
        documents.map((document) => document.id),
      );
  const matchers = createMatchers(selection.filter, claims);
  const includes = (allowed: readonly string[], value: string): boolean =>
    allowed.length === 0 || allowed.includes(value);
  const selected = claims.filter(
    ({ experiment, document }) =>
      includes(selection.document, document.id) &&
      includes(selection.protocol, experiment.protocol) &&
      includes(selection.family, experiment.family) &&
      (matchers.length === 0 || matchers.some((matches) => matches(experiment.id))),
  );
  if (selected.length === 0)
    throw new InputError([
      "the selection matches nothing: widen --filter, --document, --protocol or --family, or see 'bindcheck list'",
    ]);
  return selection.shard ? takeShard(selected, parseShard(selection.shard)) : selected;
}

function createMatchers(
  filters: readonly string[],
  claims: readonly ListedClaim[],
): ((id: string) => boolean)[] {
  if (filters.length === 0) return []; // there are thousands of ids
  const ids = new Set(claims.map(({ experiment }) => experiment.id));
  return filters.map((filter) => {
    refuseEndless(filter, ids);
    return createMatcher(filter, ids.has(filter));
  });
}

/** Of few documents all are named, of many those nearest to the one that was asked for. */
function unknownDocument(id: string, ids: readonly string[]): InputError {
  const near = nearMatches(id, ids);
  const others = near.length > 0 ? `did you mean ${near.join(" or ")}? all` : "all";
  const help =
    ids.length <= MOST_NAMED ? `there are: ${ids.join(", ")}` : `${others}: bindcheck list`;
  return new InputError([`--document: there is no '${id}' (${help})`]);
}

const MOST_NAMED = 8;

/** Whether documents are measured even where they speak of other versions: where the user named them, or wants all. */
export function isNamed({ files, document, allVersions }: Selection): boolean {
  return allVersions === true || files.length > 0 || document.length > 0;
}

/** The I-th of N parts, from 1. */
interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Of `I/N`. Throws InputError. */
export function parseShard(text: string): Shard {
  const shard = shardOf(text);
  if (shard === null) throw new InputError([`--shard: '${text}' ${NO_SHARD}`]);
  return shard;
}

/** Why a text is not a shard. */
export const NO_SHARD = "is not I/N with I from 1 to N (such as 1/4)";

export function isShard(text: string): boolean {
  return shardOf(text) !== null;
}

function shardOf(text: string): Shard | null {
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  return index < 1 || index > count ? null : { index, count };
}

/**
 * A whole id (`isId`), part of one, or `/regular expression/`. Throws InputError when an expression is wrong. One that may not
 * end is for `refuseEndless` first.
 */
export function createMatcher(filter: string, isId: boolean): (id: string) => boolean {
  // Else `...@specific` would take `...@specific2` too.
  if (isId) return (id) => id === filter;
  const expression = expressionOf(filter);
  if (expression === null) return (id) => id.includes(filter);
  try {
    const regex = new RegExp(expression);
    return (id) => regex.test(id);
  } catch (error) {
    throw new InputError([`--filter: ${(error as Error).message}`]);
  }
}

/**
 * Throws InputError when a filter is an expression that is wrong, or that takes too long to match some ids: it is ended, as
 * only another context allows. There may be millions of ids: few are held at once.
 */
export function refuseEndless(filter: string, ids: Iterable<string>): void {
  const matches = createMatcher(filter, false);
  if (expressionOf(filter) === null) return;
  const script = new Script("for (const id of ids) matches(id);");
  const context = createContext({ matches });
  let leftMs = MATCH_TIMEOUT_MS;
  for (const part of inParts(ids)) {
    leftMs += part.length / MATCHES_PER_MS;
    const begunAt = performance.now();
    try {
      script.runInContext(Object.assign(context, { ids: part }), { timeout: Math.ceil(leftMs) });
    } catch {
      throw new InputError([`--filter: ${filter} takes too long to match`]);
    }
    leftMs = Math.max(1, leftMs - (performance.now() - begunAt));
  }
}

// An honest expression matches four times as many ids in a millisecond.
const MATCHES_PER_MS = 250;
const MATCH_TIMEOUT_MS = 2000;

const MOST_AT_ONCE = 10_000;

function* inParts(ids: Iterable<string>): Generator<readonly string[]> {
  let part: string[] = [];
  for (const id of ids) {
    part.push(id);
    if (part.length < MOST_AT_ONCE) continue;
    yield part;
    part = [];
  }
  yield part;
}

function expressionOf(filter: string): string | null {
  return /^\/(.+)\/$/.exec(filter)?.[1] ?? null;
}

/** By rank of the id's hash: stable for the same claims, and even for any N. */
function takeShard<Selected extends ListedClaim>(
  claims: readonly Selected[],
  { index, count }: Shard,
): Selected[] {
  const ids = [...new Set(claims.map(({ experiment }) => experiment.id))];
  const hash = (id: string): string => createHash("sha256").update(id).digest("hex");
  const ranked = ids
    .map((id) => ({ id, hash: hash(id) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  const own = new Set(ranked.filter((_, rank) => rank % count === index - 1).map(({ id }) => id));
  return claims.filter(({ experiment }) => own.has(experiment.id));
}
