import type { Claim } from "../claims/claim.ts";
import type { Outcome } from "../observations/observation.ts";
import { outcomeTokens } from "../observations/outcome-token.ts";
import type { Verdict } from "./verdict.ts";

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
}

/** The known deviation that speaks of a claim; `step` is the label of the claim's step. */
export type FindDeviation = (claim: Claim, step: string | null) => KnownDeviation | null;

/** Looks deviations up by document first, so that asking for a claim is cheap. */
export function createDeviationFinder(deviations: readonly KnownDeviation[]): FindDeviation {
  const byDocument = new Map<string, { deviation: KnownDeviation; pattern: RegExp }[]>();
  for (const deviation of deviations) {
    const entry = { deviation, pattern: idPattern(deviation.experiments) };
    byDocument.set(deviation.document, [...(byDocument.get(deviation.document) ?? []), entry]);
  }
  return ({ document, experiment }, step) =>
    byDocument
      .get(document.id)
      ?.find(({ deviation, pattern }) => deviation.step === step && pattern.test(experiment.id))
      ?.deviation ?? null;
}

/**
 * What a verdict becomes when its claim has a known deviation. The exact outcome counts and nothing else; one that no
 * longer occurs is stale. `today` is `YYYY-MM-DD`.
 */
export function applyDeviation(
  verdict: Verdict,
  outcome: Outcome,
  { observed, reason, expires }: KnownDeviation,
  today: string,
): Verdict {
  if (verdict.word === "held")
    return { word: "stale-deviation", detail: `no longer occurs: ${reason}` };
  if (verdict.word !== "contradicted" || !outcomeTokens(outcome).includes(observed)) return verdict;
  if (expires !== null && expires < today)
    return { word: "contradicted", detail: `known until ${expires}: ${reason}` };
  return { word: "known-deviation", detail: reason };
}

function idPattern(ids: readonly string[]): RegExp {
  const texts = ids.map((id) => id.split("*").map(escapeRegExp).join(".*"));
  return new RegExp(`^(?:${texts.join("|")})$`);
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.+?()[\]{}|/]/g, String.raw`\$&`);
}
