import { appliesTo } from "../../harness/claims/applies-to.ts";
import { claimsOfThisSystem } from "../../harness/claims/of-this-system.ts";
import { citationLines, outcomeText, sourceText, reasonText } from "../sentences.ts";
import { claimStepLabel, type Claim, type Document } from "../../harness/model/claim.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import type { EndpointEvidence, Evidence } from "../../harness/model/observation.ts";
import { findLanguage } from "../../harness/reproduce/programs.ts";
import type { ObservationLine, TargetLine, VerdictLine } from "../../harness/results/line.ts";
import { WORST_FIRST } from "../matrix/worst-first.ts";

/** What a results file has of one experiment: of each target the last that it tells. */
export interface Seen {
  readonly file: string;
  readonly startedAt: string;
  readonly isComplete: boolean;
  readonly documents: readonly Document[];
  /** The case files that the run named. */
  readonly files: readonly string[];
  readonly targets: readonly {
    readonly target: TargetLine;
    readonly observation: ObservationLine;
    readonly verdicts: readonly VerdictLine[];
  }[];
}

/**
 * An experiment for people: what was seen and what it contradicts, then what is said of it, of other systems last: other
 * than those that were measured, or where none was, than the one at hand.
 * `seen` is a file's name when there is none; `files` are the caller's case files.
 */
export function explanationText(
  id: string,
  claims: readonly Claim[],
  seen: Seen | string,
  files: readonly string[],
): string {
  const measure = `bindcheck run ${[...files.map(quotedArgument), "--filter", quotedArgument(id)].join(" ")}`;
  const observed =
    typeof seen === "string"
      ? [`No observation: there is no ${seen} (make it: ${measure})`]
      : seenText(seen, measure);
  const judged = new Set(
    (typeof seen === "string" ? [] : seen.targets).flatMap(({ verdicts }) =>
      verdicts.map(({ document }) => document),
    ),
  );
  const platforms =
    typeof seen === "string" ? [] : seen.targets.map(({ target }) => target.platform);
  const isOwn = ({ document }: Claim): boolean =>
    judged.has(document.id) || platforms.some((platform) => appliesTo(document, platform));
  const isMeasured = platforms.length > 0;
  const own = new Set(isMeasured ? claims.filter(isOwn) : claimsOfThisSystem(claims));
  const others = claims.filter((claim) => !own.has(claim));
  return `${[
    id,
    "",
    ...observed,
    ...section(`Claims about ${isMeasured ? "the systems that were measured" : "this system"}`, [
      ...own,
    ]),
    ...section(own.size === 0 ? "Claims" : "Claims about other systems", others),
    ...reproduceLines(claims, files),
  ].join("\n")}\n`;
}

function section(title: string, claims: readonly Claim[]): string[] {
  return claims.length === 0 ? [] : ["", title, ...claims.flatMap(claimLines)];
}

function reproduceLines([claim]: readonly Claim[], files: readonly string[]): string[] {
  const language = claim ? findLanguage(claim.experiment) : null;
  if (!claim || language === null) return [];
  const words = [quotedArgument(claim.experiment.id), ...files.map(quotedArgument)].join(" ");
  return ["", `As a program of its own: bindcheck reproduce ${words} --language ${language}`];
}

function claimLines(claim: Claim): string[] {
  const { expect, document, source } = claim;
  const label = claimStepLabel(claim);
  const at = label === null ? "" : ` at step ${label}`;
  const { platform, versions } = document.appliesTo;
  const note = Object.entries(document.notes).find(([mark]) => mark === expect)?.[1];
  return [
    `  ${expect}${at}${note === undefined ? "" : ` (${note})`}`,
    `    ${document.id}, ${document.kind}, for ${platform}${versions === "*" ? "" : ` ${versions}`}`,
    ...citationLines(document).map((line) => `    ${line}`),
    `    ${sourceText(source)}`,
    ...(document.remark === undefined ? [] : [`    ${document.remark}`]),
  ];
}

function seenText(
  { file, startedAt, isComplete, documents, targets }: Seen,
  measure: string,
): string[] {
  const cutOff = isComplete ? "" : ", cut off";
  if (targets.length === 0)
    return [`No observation in ${file} of ${startedAt}${cutOff} (make one: ${measure})`];
  const inOrder = targets.toSorted((a, b) => rankOf(a.verdicts) - rankOf(b.verdicts));
  return [
    `Observed in ${file} of ${startedAt}${cutOff}`,
    ...inOrder.flatMap(({ target, observation, verdicts }) => [
      `  ${target.target} (${target.platform.name} ${target.platform.version}): ${outcomeText(observation.outcome)}`,
      ...verdicts
        .toSorted((a, b) => rankOf([a]) - rankOf([b]))
        .flatMap((verdict) => verdictLines(verdict, documents)),
      ...(observation.steps ?? []).map(
        ({ label, outcome }) => `    step ${label}: ${outcomeText(outcome)}`,
      ),
      ...evidenceLines(observation.evidence),
      `    attempts: ${observation.attempts}, port: ${observation.port ?? "none"}`,
    ]),
  ];
}

/** What a reader looks for first: 0. */
function rankOf(verdicts: readonly VerdictLine[]): number {
  return Math.min(
    ...verdicts.map(({ verdict }) => WORST_FIRST.indexOf(verdict)),
    WORST_FIRST.length,
  );
}

function evidenceLines({ first, second, afterFirstClosed, discarded = [] }: Evidence): string[] {
  return [
    ...endpointLines("first", first),
    ...endpointLines("second", second),
    ...(afterFirstClosed === undefined
      ? []
      : [`    second, tried again after the first was closed: ${afterFirstClosed}`]),
    ...discarded.map((why) => `    an earlier try did not count: ${why}`),
  ];
}

function endpointLines(side: string, endpoint: EndpointEvidence | undefined): string[] {
  if (!endpoint) return [];
  const options = Object.entries(endpoint.options).map(([name, value]) => `${name}=${value}`);
  return [`    ${side}: ${[endpoint.name ?? "not bound", ...options].join(" ")}`];
}

function verdictLines(line: VerdictLine, documents: readonly Document[]): string[] {
  const { verdict, document, claim, reason, detail, shipped } = line;
  const step = claim.step === undefined ? "" : ` at step ${claim.step}`;
  const why = reason === undefined ? detail : reasonText({ reason, ...(detail && { detail }) });
  const origin = shipped ? " (shipped with bindcheck)" : "";
  const cited = documents.find(({ id }) => id === document);
  return [
    `    ${verdict}: ${document} says ${claim.expect}${step}${why ? ` (${why})` : ""}${origin}`,
    ...(verdict !== "contradicted" || cited === undefined
      ? []
      : [`      ${[...citationLines(cited), sourceText(claim.source)].join("\n      ")}`]),
  ];
}
