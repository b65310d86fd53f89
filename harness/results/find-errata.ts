import coerce from "semver/functions/coerce.js";
import compare from "semver/functions/compare.js";
import { speaksOfPlatform } from "../claims/applies-to.ts";
import type { Document } from "../claims/claim.ts";
import type { Outcome } from "../observations/observation.ts";
import type { Platform, TargetLine, VerdictLine } from "./line.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { systemOf } from "./match-targets.ts";

/** One build of a system, on however many targets it was measured. */
export interface Build {
  readonly version: string;
  /** A target of it. */
  readonly line: TargetLine;
  readonly targets: readonly string[];
}

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
}

/** Documents of a system that none of the targets is. */
export interface Unmeasured {
  readonly platform: string;
  readonly documents: number;
  /** Targets that offer the system's calls and are something else: `wine` for Windows. */
  readonly onlyOn: readonly string[];
}

/** What results say of documents on the very system that each of them speaks of, and what they cannot speak of. */
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
      .map(({ document, genuine }) => errataOf(document, genuine)),
    unmeasured: [...platforms].flatMap((platform) => {
      const lacking = found.filter(
        ({ document, genuine }) => document.appliesTo.platform === platform && genuine.length === 0,
      );
      const onlyOn = [...new Set(lacking.flatMap((each) => each.onlyOn))];
      return lacking.length === 0 ? [] : [{ platform, documents: lacking.length, onlyOn }];
    }),
  };
}

/** A verdict that decides something, with what it is about. */
interface Judgement {
  readonly verdict: VerdictLine;
  readonly outcome: Outcome;
  readonly line: TargetLine;
}

function judgementsOf({ targets, observations, verdicts }: RecordedRun): Judgement[] {
  const lines = new Map(targets.map((line) => [line.target, line]));
  const observed = new Map(
    observations.map((each) => [`${each.target}\n${each.experiment.id}`, each]),
  );
  return verdicts.flatMap((verdict) => {
    const line = lines.get(verdict.target);
    const observation = observed.get(`${verdict.target}\n${verdict.experiment}`);
    if (!line || !observation || !DECIDED.has(verdict.verdict)) return [];
    const step = observation.steps?.find(({ label }) => label === verdict.claim.step);
    return [{ verdict, line, outcome: step?.outcome ?? observation.outcome }];
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
function isItself({ name, version }: Platform, document: Document): boolean {
  return speaksOfPlatform(document, { name, implements: name, version });
}

function errataOf(document: Document, judgements: readonly Judgement[]): DocumentErrata {
  const builds = new Map<string, { line: TargetLine; targets: Set<string> }>();
  for (const { line } of judgements) {
    const build = builds.get(buildKey(line)) ?? { line, targets: new Set() };
    build.targets.add(line.target);
    builds.set(buildKey(line), build);
  }
  const sorted = [...builds]
    .map(([key, { line, targets }]) => ({
      key,
      build: { version: line.platform.version, line, targets: [...targets] },
    }))
    .toSorted((a, b) => byVersion(a.build, b.build));
  const claims = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    const { experiment, claim } = judgement.verdict;
    const key = [experiment, claim.step, claim.source.line, claim.source.column].join("\n");
    claims.set(key, [...(claims.get(key) ?? []), judgement]);
  }
  return {
    document,
    builds: sorted.map(({ build }) => build),
    claims: [...claims.values()].toSorted(byPlace).map((own) => ({
      experiment: own[0]?.verdict.experiment ?? "",
      claim: own[0]?.verdict.claim as VerdictLine["claim"],
      seen: sorted.flatMap(({ key, build }) =>
        sightingOf(
          build,
          own.filter(({ line }) => buildKey(line) === key),
        ),
      ),
    })),
  };
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

function buildKey(line: TargetLine): string {
  return `${systemOf(line)} ${line.os.build}`;
}

function byVersion(a: Build, b: Build): number {
  return compare(coerce(a.version) ?? "0.0.0", coerce(b.version) ?? "0.0.0");
}
