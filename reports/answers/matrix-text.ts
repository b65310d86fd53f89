import { countText } from "../../harness/model/count-text.ts";
import type { RangeFinding } from "../../harness/verdicts/version-ranges.ts";
import type {
  ComparedSystem,
  DifferingExperiment,
  Span,
  VersionFinding,
} from "../../harness/results/compare-versions.ts";

/** A system with what was found of its documents' ranges. */
export interface SystemReport extends ComparedSystem {
  readonly ranges: readonly RangeFinding[];
}

/** What differs between the versions of each system, for a terminal. */
export function matrixText(systems: readonly SystemReport[]): string {
  return `${systems.map((system) => systemLines(system).join("\n")).join("\n\n")}\n`;
}

/** `linux: 5.10.46, 6.1.176 and 6.12.113: 19 of 2061 experiments differ`. */
export function headlineOf({ platform, versions, findings, same }: ComparedSystem): string {
  const differing = findings.reduce((sum, { experiments }) => sum + experiments.length, 0);
  const names = versions.map(({ label }) => label);
  return `${platform} ${listOf(names)}: ${differing} of ${differing + same} experiments differ`;
}

/** `5.10.46 EADDRINUSE | 6.1.176 success | 6.12.113 - 7.2.7 EADDRINUSE`. */
export function spansText(spans: readonly Span[]): string {
  return spans
    .map(({ from, to, outcome }) => `${from === to ? from : `${from} - ${to}`} ${outcome}`)
    .join(" | ");
}

/** The version with which the outcome first changes. */
export function firstChange({ spans }: VersionFinding): string {
  return spans[1]?.from ?? "";
}

/** `tcp/dual none@wildcard > none@specific`, with the step of a scenario. */
export function experimentText({ id, step }: DifferingExperiment): string {
  return step === undefined ? id : `${id}, step ${step}`;
}

/** What a document's range leaves out, or should leave out. */
export function rangeTexts({ document, contradicted, holdsToo }: RangeFinding): string[] {
  const { id, appliesTo } = document;
  const claimsIn = (counts: RangeFinding["contradicted"]): string =>
    counts.map(({ version, count, of }) => `${version} (${count} of ${of})`).join(", ");
  return [
    ...(contradicted.length > 0
      ? [`${id} (${appliesTo.versions}): claims are contradicted on ${claimsIn(contradicted)}`]
      : []),
    ...(holdsToo.length > 0
      ? [`${id} (${appliesTo.versions}): claims also hold on ${claimsIn(holdsToo)}`]
      : []),
  ];
}

function systemLines(system: SystemReport): string[] {
  const { findings, ranges, alone } = system;
  return [
    headlineOf(system),
    ...(alone > 0 ? [`  ${alone} experiments were measured on one version alone`] : []),
    ...findings.flatMap(findingLines),
    ...(ranges.length > 0
      ? ["", "  Documents whose range of versions is not what was measured:"]
      : []),
    ...ranges.flatMap(rangeTexts).map((text) => `    ${text}`),
  ];
}

function findingLines(finding: VersionFinding): string[] {
  const { spans, unmeasured, experiments } = finding;
  const rest = experiments.length - MOST_SHOWN;
  return [
    "",
    `  ${spansText(spans)}`,
    `    ${countText(experiments.length, "experiment")}, first change with ${firstChange(finding)}${
      unmeasured.length > 0 ? `; not measured on ${listOf(unmeasured)}` : ""
    }`,
    ...experiments.slice(0, MOST_SHOWN).map((each) => `    ${experimentText(each)}`),
    ...(rest > 0 ? [`    and ${rest} more (all: --json)`] : []),
  ];
}

const MOST_SHOWN = 5;

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
