import type { Claim } from "../model/claim.ts";
import type { Outcome } from "../model/observation.ts";
import { outcomeTokens } from "../model/outcome-token.ts";
import type { Verdict } from "../model/verdict.ts";
import { groupBy } from "../model/group-by.ts";

/** A contradiction that somebody has looked at: exactly this outcome, here, for this reason. */
export interface KnownDeviation {
  /** Platform that it is known of, such as `wine`. */
  readonly platform: string;
  /** Range of the platform's own versions; null for all. */
  readonly versions: string | null;
  /** Id of the document that is contradicted. */
  readonly document: string;
  /** Ids of experiments; `*` stands for any text. */
  readonly experiments: readonly string[];
  /** In a scenario: the label of the step; null for a claim that speaks of no step. */
  readonly step: string | null;
  /** Exactly what is seen, as `outcomeTokens` writes it. */
  readonly observed: string;
  readonly reason: string;
  /** Last day on which it counts, `YYYY-MM-DD`; null for ever. */
  readonly expires: string | null;
  /** It came with this package; the caller named no file for it. */
  readonly shipped?: true;
}

/** The known deviations that speak of a claim; `step` is the label of the claim's step. */
export type FindDeviations = (claim: Claim, step: string | null) => readonly KnownDeviation[];

/** Looks deviations up by document first, so that asking for a claim is cheap. */
export function createDeviationFinder(deviations: readonly KnownDeviation[]): FindDeviations {
  const entries = deviations.map((deviation) => ({
    deviation,
    matches: idMatcher(deviation.experiments),
  }));
  const byDocument = groupBy(entries, ({ deviation }) => deviation.document);
  return ({ document, experiment }, step) =>
    (byDocument.get(document.id) ?? [])
      .filter(({ deviation, matches }) => deviation.step === step && matches(experiment.id))
      .map(({ deviation }) => deviation);
}

/**
 * What a verdict becomes when its claim has known deviations. The exact outcome counts and nothing else; one of the
 * caller's that no longer occurs is stale. One that came with this package and no longer occurs changes nothing: the
 * caller cannot take it out. `today` is `YYYY-MM-DD`.
 */
export function applyDeviations(
  verdict: Verdict,
  outcome: Outcome,
  known: readonly KnownDeviation[],
  today: string,
): Verdict {
  const [first] = known;
  if (!first) return verdict;
  if (verdict.word === "held") return staleVerdict(verdict, known);
  if (verdict.word !== "contradicted") return verdict;
  const tokens = outcomeTokens(outcome);
  const exact = known.filter(({ observed }) => tokens.includes(observed));
  const counts = exact.find(({ expires }) => expires === null || expires >= today);
  if (counts)
    return {
      word: "known-deviation",
      detail: counts.reason,
      ...(counts.shipped && { shipped: true }),
    };
  const [expired] = exact;
  const detail = expired
    ? `known until ${expired.expires}: ${expired.reason}`
    : `known to be ${first.observed}: ${first.reason}`;
  return { word: "contradicted", detail };
}

function staleVerdict(held: Verdict, known: readonly KnownDeviation[]): Verdict {
  const own = known.find(({ shipped }) => !shipped);
  return own ? { word: "stale-deviation", detail: `no longer occurs: ${own.reason}` } : held;
}

/**
 * Whether an id is among those that some texts of a file stand for; `*` is any text. In a time that grows with the
 * lengths alone, whatever the text: a regular expression of many `*` would not end.
 */
export function idMatcher(ids: readonly string[]): (id: string) => boolean {
  const whole = new Set(ids.filter((text) => !text.includes("*")));
  const patterns = ids.filter((text) => text.includes("*")).map((text) => text.split("*"));
  return (id) => whole.has(id) || patterns.some((parts) => hasParts(id, parts));
}

/** The first part begins the id, the last ends it, and the others follow each other between. */
function hasParts(id: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.at(-1) ?? "";
  const end = id.length - last.length;
  let at = first.length;
  if (!id.startsWith(first) || !id.endsWith(last) || end < at) return false;
  for (const part of rest.slice(0, -1)) {
    const found = id.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= end;
}
