import { matrixHtml } from "../../reports/answers/matrix-html.ts";
import { matrixMarkdown } from "../../reports/answers/matrix-markdown.ts";
import { matrixText, type SystemReport } from "../../reports/answers/matrix-text.ts";
import { readClaims } from "../claims/read-claims.ts";
import { InputError } from "../model/problem.ts";
import { terminalText } from "../model/terminal-text.ts";
import { compareVersions } from "../results/compare-versions.ts";
import { findRunClashes } from "../results/find-run-clashes.ts";
import { readOutcomes, type OutcomeLine, type RecordedRun } from "../results/recorded-run.ts";
import { findRangeProblems } from "../verdicts/version-ranges.ts";
import { parseResultsFile } from "../results/results-file.ts";

/** Formats of the answer; text for a terminal where none is chosen. */
export interface MatrixOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: boolean;
}

/**
 * Prints what differs between the versions of each system in some results. Throws InputError, also where no system was
 * measured in two versions.
 */
export async function matrix(named: readonly string[], options: MatrixOptions): Promise<void> {
  const chosen = Object.values(options).filter(Boolean);
  if (chosen.length > 1) throw new InputError(["--json, --markdown and --html: choose one"]);
  const runs: RecordedRun<OutcomeLine>[] = [];
  for (const text of named) runs.push(...(await readOutcomes(parseResultsFile(text))));
  const clashes = findRunClashes(runs);
  if (clashes.length > 0) throw new InputError(clashes);
  for (const { file, summary } of runs)
    if (summary === null)
      process.stderr.write(
        `${terminalText(file)}: this run was cut off: what it did not reach is missing\n`,
      );
  const compared = compareVersions(runs);
  if (compared.length === 0)
    throw new InputError([
      "no system was measured in two versions (add results of another version, or --on NAME@VERSION to the run)",
    ]);
  const { claims } = await readClaims([]);
  const systems = compared.map((system) => ({
    ...system,
    ranges: findRangeProblems(claims, system),
  }));
  process.stdout.write(answerText(systems, options));
}

function answerText(
  systems: readonly SystemReport[],
  { json, markdown, html }: MatrixOptions,
): string {
  if (json)
    return `${JSON.stringify({ version: 1, systems: systems.map(plainSystem) }, null, 2)}\n`;
  if (markdown) return matrixMarkdown(systems);
  return html ? matrixHtml(systems) : terminalText(matrixText(systems));
}

/** Without the observations, which the results hold. */
function plainSystem({ versions, ranges, ...system }: SystemReport): object {
  return {
    ...system,
    versions: versions.map(({ label, target: { target, platform, os, runtime } }) => ({
      label,
      target,
      platform,
      os,
      runtime,
    })),
    ranges: ranges.map(({ document, ...counts }) => ({
      document: document.id,
      versions: document.appliesTo.versions,
      ...counts,
    })),
  };
}
