import { countText } from "../../harness/model/count-text.ts";
import { code, plain } from "../markdown/escape.ts";
import type { VersionFinding } from "../../harness/results/compare-versions.ts";
import {
  experimentText,
  firstChange,
  headlineOf,
  rangeTexts,
  spansText,
  type SystemReport,
} from "./matrix-text.ts";

/** What differs between the versions of each system, for a pull request or a job's summary. */
export function matrixMarkdown(systems: readonly SystemReport[]): string {
  return `${systems.map((system) => sectionLines(system).join("\n")).join("\n\n")}\n`;
}

function sectionLines(system: SystemReport): string[] {
  const { findings, ranges } = system;
  return [
    `## ${plain(headlineOf(system))}`,
    ...(findings.length > 0
      ? ["", "| experiments | outcome by version | first change |", "| --- | --- | --- |"]
      : []),
    ...findings.map(findingRow),
    ...findings.flatMap(details),
    ...(ranges.length > 0
      ? ["", "Documents whose range of versions is not what was measured:", ""]
      : []),
    ...ranges.flatMap(rangeTexts).map((text) => `- ${plain(text)}`),
  ];
}

function findingRow(finding: VersionFinding): string {
  const { experiments, spans } = finding;
  const cells = [String(experiments.length), plain(spansText(spans)), plain(firstChange(finding))];
  return `| ${cells.join(" | ")} |`;
}

function details({ spans, experiments }: VersionFinding): string[] {
  const rest = experiments.length - MOST_SHOWN;
  return [
    "",
    `<details><summary>${plain(spansText(spans))}: ${countText(experiments.length, "experiment")}</summary>`,
    "",
    ...experiments.slice(0, MOST_SHOWN).map((each) => `- ${code(experimentText(each))}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    "",
    "</details>",
  ];
}

// GitHub takes 65,536 characters in a comment.
const MOST_SHOWN = 50;
