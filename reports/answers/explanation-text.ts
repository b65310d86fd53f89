import { citationText, outcomeText, sourceText, reasonText } from "../sentences.ts";
import type { Claim } from "../../harness/model/claim.ts";
import { stepLabel } from "../../harness/model/experiment-id.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import type { EndpointEvidence, Evidence } from "../../harness/model/observation.ts";
import { findLanguage } from "../../harness/reproduce/programs.ts";
import type { ObservationLine, TargetLine, VerdictLine } from "../../harness/results/line.ts";

/** What a results file has of one experiment: of each target the last that it tells. */
export interface Seen {
  readonly file: string;
  readonly startedAt: string;
  readonly isComplete: boolean;
  readonly targets: readonly {
    readonly target: TargetLine;
    readonly observation: ObservationLine;
    readonly verdicts: readonly VerdictLine[];
  }[];
}

/** An experiment for people: what is said of it, and what was seen. `seen` is a file's name when there is none. */
export function explanationText(id: string, claims: readonly Claim[], seen: Seen | string): string {
  const observed = typeof seen === "string" ? notMeasured(id, seen) : seenText(seen);
  const lines = [id, "", "Claims", ...claims.flatMap(claimLines), "", ...observed];
  return `${[...lines, ...reproduceLines(claims)].join("\n")}\n`;
}

function reproduceLines([claim]: readonly Claim[]): string[] {
  const language = claim ? findLanguage(claim.experiment) : null;
  if (!claim || language === null) return [];
  const command = `bindcheck reproduce ${quotedArgument(claim.experiment.id)} --language ${language}`;
  return ["", `As a program of its own: ${command}`];
}

function claimLines({ experiment, expect, document, source, step }: Claim): string[] {
  const spoken = "scenario" in experiment ? experiment.scenario.steps[step ?? -1] : undefined;
  const at = spoken && step !== undefined ? ` at step ${stepLabel(spoken, step)}` : "";
  const { platform, versions } = document.appliesTo;
  const note = Object.entries(document.notes).find(([mark]) => mark === expect)?.[1];
  return [
    `  ${expect}${at}${note === undefined ? "" : ` (${note})`}`,
    `    ${document.id}, ${document.kind}, for ${platform}${versions === "*" ? "" : ` ${versions}`}`,
    `    ${citationText(document)}`,
    `    ${document.url}`,
    `    ${sourceText(source)}`,
    ...(document.remark === undefined ? [] : [`    ${document.remark}`]),
  ];
}

function notMeasured(id: string, file: string): string[] {
  return [
    `No observation: there is no ${file} (make it: bindcheck run --filter ${quotedArgument(id)})`,
  ];
}

function seenText({ file, startedAt, isComplete, targets }: Seen): string[] {
  const cutOff = isComplete ? "" : ", cut off";
  if (targets.length === 0) return [`No observation in ${file} of ${startedAt}${cutOff}`];
  return [
    `Observed in ${file} of ${startedAt}${cutOff}`,
    ...targets.flatMap(({ target, observation, verdicts }) => [
      `  ${target.target} (${target.platform.name} ${target.platform.version}): ${outcomeText(observation.outcome)}`,
      ...(observation.steps ?? []).map(
        ({ label, outcome }) => `    step ${label}: ${outcomeText(outcome)}`,
      ),
      ...evidenceLines(observation.evidence),
      `    attempts: ${observation.attempts}, port: ${observation.port ?? "none"}`,
      ...verdicts.map(verdictText),
    ]),
  ];
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

function verdictText({ verdict, document, claim, reason, detail, shipped }: VerdictLine): string {
  const step = claim.step === undefined ? "" : ` at step ${claim.step}`;
  const why = reason === undefined ? "" : ` (${reasonText({ reason, ...(detail && { detail }) })})`;
  return `    ${verdict}: ${document} says ${claim.expect}${step}${why}${shipped ? " (shipped with bindcheck)" : ""}`;
}
