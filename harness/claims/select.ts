import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import { InputError } from "../cases/problem.ts";
import type { Selection } from "../results/line.ts";
import type { Claim } from "./claim.ts";
import type { ClaimSet } from "./read-claims.ts";

/** The claims of a selection. Throws InputError when a part of the selection can match nothing. */
export function selectClaims({ documents, claims }: ClaimSet, selection: Selection): Claim[] {
  for (const id of selection.document)
    if (!documents.some((document) => document.id === id))
      throw new InputError([
        `--document: there is no '${id}' (there are: ${documents.map((document) => document.id).join(", ")})`,
      ]);
  const ids = new Set(claims.map(({ experiment }) => experiment.id));
  const matchers = selection.filter.map((filter) => createMatcher(filter, ids));
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

/** Whether the user named documents: those are measured even where they speak of other versions. */
export function isNamed({ files, document }: Selection): boolean {
  return files.length > 0 || document.length > 0;
}

/** `I/N`, the I-th of N parts, from 1. Throws InputError. */
export function parseShard(text: string): { readonly index: number; readonly count: number } {
  const [, index = 0, count = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count)
    throw new InputError([`--shard: '${text}' is not I/N with I from 1 to N (such as 1/4)`]);
  return { index, count };
}

/** A whole id, part of one, or `/regular expression/`. */
export function createMatcher(
  filter: string,
  ids: Pick<ReadonlySet<string>, "has">,
): (id: string) => boolean {
  // Else `...@specific` would take `...@specific2` too.
  if (ids.has(filter)) return (id) => id === filter;
  const expression = /^\/(.+)\/$/.exec(filter)?.[1];
  if (expression === undefined) return (id) => id.includes(filter);
  const found = idsMatching(expression, ids);
  return (id) => found.has(id);
}

/** In a context of its own, because only there a regular expression that does not end can be ended. */
function idsMatching(expression: string, ids: ReadonlySet<string>): ReadonlySet<string> {
  try {
    const regex = new RegExp(expression);
    const script = "ids.filter((id) => regex.test(id))";
    const context = { ids: [...ids], regex };
    return new Set(runInNewContext(script, context, { timeout: MATCH_TIMEOUT_MS }) as string[]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why =
      code === "ERR_SCRIPT_EXECUTION_TIMEOUT" ? `/${expression}/ takes too long to match` : message;
    throw new InputError([`--filter: ${why}`]);
  }
}

// Half a million ids take an honest expression a tenth of this.
const MATCH_TIMEOUT_MS = 5000;

/** By rank of the id's hash: stable for the same claims, and even for any N. */
function takeShard(
  claims: readonly Claim[],
  { index, count }: { index: number; count: number },
): Claim[] {
  const ids = [...new Set(claims.map(({ experiment }) => experiment.id))];
  const hash = (id: string): string => createHash("sha256").update(id).digest("hex");
  const ranked = ids
    .map((id) => ({ id, hash: hash(id) }))
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  const own = new Set(ranked.filter((_, rank) => rank % count === index - 1).map(({ id }) => id));
  return claims.filter(({ experiment }) => own.has(experiment.id));
}
