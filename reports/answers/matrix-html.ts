import { markup, type Markup } from "../html/markup.ts";
import type { ComparedSystem, VersionFinding } from "../../harness/results/compare-versions.ts";
import { experimentText, headlineOf, rangeTexts, type SystemReport } from "./matrix-text.ts";

/** What differs between the versions of each system, as a page that needs nothing else and runs no script. */
export function matrixHtml(systems: readonly SystemReport[]): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>bindcheck: between versions</title>
<style>${{ source: STYLE }}</style>
</head>
<body>
<main>
<h1>Between versions</h1>
${systems.map(section)}
</main>
</body>
</html>
`.source;
}

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
caption { text-align: left; }
th, td { border: 1px solid #8888; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; white-space: nowrap; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
`;

function section(system: SystemReport): Markup {
  const { findings, ranges, versions } = system;
  const table = markup`<div class="wide" tabindex="0" role="region" aria-label="${system.platform}, by version">
<table>
<caption>Outcome of the experiments that differ, by version</caption>
<thead><tr><th scope="col">experiments</th>${versions.map(({ label }) => markup`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${findings.map((finding) => row(finding, system))}</tbody>
</table>
</div>`;
  const rangeList = markup`<h3>Documents whose range of versions is not what was measured</h3>
<ul>${ranges.flatMap(rangeTexts).map((text) => markup`<li>${text}</li>`)}</ul>`;
  return markup`<section>
<h2>${headlineOf(system)}</h2>
${findings.length > 0 ? table : null}
${findings.map(experimentList)}
${ranges.length > 0 ? rangeList : null}
</section>`;
}

/** Equal neighbours are one cell. */
function row(
  { spans, experiments, unmeasured }: VersionFinding,
  { versions }: ComparedSystem,
): Markup {
  const labels = versions.map(({ label }) => label);
  const cells: { text: string; width: number }[] = [];
  let current = 0;
  for (const label of labels) {
    if (spans[current + 1]?.from === label) current += 1;
    const text = unmeasured.includes(label) ? "–" : (spans[current]?.outcome ?? "–");
    const last = cells.at(-1);
    if (last?.text === text) last.width += 1;
    else cells.push({ text, width: 1 });
  }
  return markup`<tr><th scope="row">${experiments.length}</th>${cells.map(
    ({ text, width }) => markup`<td colspan="${width}">${text}</td>`,
  )}</tr>`;
}

function experimentList({ experiments, spans }: VersionFinding): Markup {
  const outcomes = spans.map(({ from, outcome }) => `${from} ${outcome}`).join(", ");
  return markup`<details><summary>${experiments.length}: ${outcomes}</summary>
<ul>${experiments.map((each) => markup`<li><code>${experimentText(each)}</code></li>`)}</ul>
</details>`;
}
