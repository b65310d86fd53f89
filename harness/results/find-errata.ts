import { InputError } from "../model/problem.ts";
import { speaksOfPlatform } from "../claims/applies-to.ts";
import type { Document } from "../model/claim.ts";
import type { Outcome } from "../model/observation.ts";
import { buildKey, buildsOf, type Build } from "./builds.ts";
import type { Platform } from "../model/platform.ts";
import type { TargetLine, VerdictLine } from "./line.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { groupBy } from "../model/group-by.ts";

/** What one build showed of a claim. */
export interface Sighting {
  readonly build: Build;
  readonly outcome: Outcome;
  readonly contradicts: boolean;
}

/** A claim of a document as the builds that it speaks of showed it, oldest first. */
export interface SeenClaim extends Pick<VerdictLine, "experiment" | "claim"> {
  readonly seen: readonly Sighting[];
}

/** A document held against the system that it speaks of. */
export interface DocumentErrata {
  readonly document: Document;
  readonly builds: readonly Build[];
  readonly claims: readonly SeenClaim[];
  /** Documents of the same site that say what was observed, and on how many of the contradicted claims. */
  readonly siblings: readonly { readonly document: Document; readonly claims: number }[];
}

/** Documents of a system that none of the targets is. */
export interface Unmeasured {
  readonly platform: string;
  readonly documents: number;
  /** Targets that offer the system's calls and are something else: `wine` for Windows. */
  readonly onlyOn: readonly string[];
}

/**
 * What results say of documents on the very system that each of them speaks of, and what they cannot speak of. Throws
 * InputError when two of them were held against different words of one document.
 */
export function findErrata(runs: readonly RecordedRun[]): {
  readonly documents: readonly DocumentErrata[];
  readonly unmeasured: readonly Unmeasured[];
} {
  const documents = new Map<string, Document>();
  for (const { run } of runs)
    for (const document of run.documents)
      if (document.kind === "documented") documents.set(document.id, document);
  const judgements = runs.flatMap(judgementsOf);
  const found = [...documents.values()].map((document) => {
    const own = judgements.filter(({ verdict }) => verdict.document === document.id);
    const genuine = own.filter(({ line }) => isItself(line.platform, document));
    const others = own.filter(({ line }) => !isItself(line.platform, document));
    return { document, genuine, onlyOn: others.map(({ line }) => line.platform.name) };
  });
  const platforms = new Set(found.map(({ document }) => document.appliesTo.platform));
  return {
    documents: found
      .filter(({ genuine }) => genuine.length > 0)
      .map(({ document, genuine }) => ({
        ...errataOf(document, genuine),
        siblings: siblingsOf(document, genuine, judgements, documents),
      })),
    unmeasured: [...platforms].flatMap((platform) => {
      const lacking = found.filter(
        ({ document, genuine }) => document.appliesTo.platform === platform && genuine.length === 0,
      );
      const onlyOn = [...new Set(lacking.flatMap((each) => each.onlyOn))];
      return lacking.length === 0 ? [] : [{ platform, documents: lacking.length, onlyOn }];
    }),
  };
}

/** Whether a build that it speaks of shows something else. */
export function isContradicted({ seen }: SeenClaim): boolean {
  return seen.some(({ contradicts }) => contradicts);
}

/** A verdict that decides something, with what it is about. */
interface Judgement {
  readonly file: string;
  readonly verdict: VerdictLine;
  readonly outcome: Outcome;
  readonly line: TargetLine;
}

function judgementsOf({ file, targets, observations, verdicts }: RecordedRun): Judgement[] {
  const lines = new Map(targets.map((line) => [line.target, line]));
  const observed = new Map(
    observations.map((each) => [`${each.target}\n${each.experiment.id}`, each]),
  );
  return verdicts.flatMap((verdict) => {
    const line = lines.get(verdict.target);
    const observation = observed.get(`${verdict.target}\n${verdict.experiment}`);
    if (!line || !observation || !DECIDED.has(verdict.verdict)) return [];
    const step = observation.steps?.find(({ label }) => label === verdict.claim.step);
    return [{ file, verdict, line, outcome: step?.outcome ?? observation.outcome }];
  });
}

const DECIDED: ReadonlySet<string> = new Set([
  "held",
  "contradicted",
  "known-deviation",
  // No longer deviates: it held.
  "stale-deviation",
]);

/** Whether a platform is what the document speaks of, and does not only offer its calls as Wine and gVisor do. */
function isItself(platform: Platform, document: Document): boolean {
  return platform.name === platform.implements
    ? speaksOfPlatform(document, platform)
    : document.appliesTo.platform === platform.name;
}

/** An author who reads that a page is wrong wants to know that another page of the same site is right. */
function siblingsOf(
  document: Document,
  genuine: readonly Judgement[],
  judgements: readonly Judgement[],
  documents: ReadonlyMap<string, Document>,
): DocumentErrata["siblings"] {
  const keyOf = ({ file, verdict }: Judgement): string =>
    [file, verdict.target, verdict.experiment, verdict.claim.step].join("\n");
  const wrong = new Set(
    genuine.filter(({ verdict }) => CONTRADICTING.includes(verdict.verdict)).map(keyOf),
  );
  const held = judgements.filter(
    (each) => each.verdict.verdict === "held" && wrong.has(keyOf(each)),
  );
  return [...groupBy(held, ({ verdict }) => verdict.document)].flatMap(([id, own]) => {
    const sibling = documents.get(id);
    return sibling && isOfSite(sibling, document)
      ? [{ document: sibling, claims: own.length }]
      : [];
  });
}

function isOfSite(sibling: Document, { url }: Document): boolean {
  if (sibling.url === undefined || url === undefined) return false;
  return new URL(sibling.url).host === new URL(url).host;
}

function errataOf(
  document: Document,
  judgements: readonly Judgement[],
): Omit<DocumentErrata, "siblings"> {
  const ofNode = judgements.some(({ verdict }) => verdict.experiment.includes(" api=node"));
  const builds = buildsOf(
    judgements.map(({ line }) => line),
    ofNode,
  );
  const claims = groupBy(judgements, ({ verdict: { experiment, claim } }) =>
    [experiment, claim.step].join("\n"),
  );
  return {
    document,
    builds: [...builds.values()],
    claims: [...claims.values()].toSorted(byPlace).map((own) => ({
      experiment: own[0]?.verdict.experiment ?? "",
      claim: claimOf(own),
      seen: [...builds].flatMap(([key, build]) =>
        sightingOf(
          build,
          own.filter(({ line }) => buildKey(line, ofNode) === key),
        ),
      ),
    })),
  };
}

/** A document says one thing of an experiment. A run from before it was corrected held it against something else. */
function claimOf([one, ...others]: readonly Judgement[]): VerdictLine["claim"] {
  if (!one) throw new Error("a claim without a verdict");
  const { experiment, document, claim } = one.verdict;
  const other = others.find(({ verdict }) => verdict.claim.expect !== claim.expect);
  if (!other) return claim;
  throw new InputError([
    `'${experiment}' of ${document} is ${claim.expect} in ${one.file} and ${other.verdict.claim.expect} in ${other.file}: its case file has changed between them (measure again)`,
  ]);
}

/** As the document has them: experiments run in any order. No option comes before options. */
function byPlace([a]: readonly Judgement[], [b]: readonly Judgement[]): number {
  if (!a || !b) return 0;
  const [left, right] = [a.verdict.claim.source, b.verdict.claim.source];
  return (
    left.line - right.line ||
    left.column - right.column ||
    a.verdict.experiment.localeCompare(b.verdict.experiment, "en")
  );
}

/** A build contradicts a claim where every target of it does. */
function sightingOf(build: Build, own: readonly Judgement[]): Sighting[] {
  const against = own.filter(({ verdict }) => CONTRADICTING.includes(verdict.verdict));
  const [shown] =
    against.length === own.length ? against : own.filter((each) => !against.includes(each));
  return shown
    ? [{ build, outcome: shown.outcome, contradicts: against.length === own.length }]
    : [];
}

const CONTRADICTING: readonly string[] = ["contradicted", "known-deviation"];
