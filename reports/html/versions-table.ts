import { countText } from "../../harness/model/count-text.ts";
import type {
  ComparedSystem,
  DifferingExperiment,
  VersionFinding,
} from "../../harness/results/compare-versions.ts";
import { experimentText } from "../answers/matrix-text.ts";
import { markup, type Markup } from "./markup.ts";

/**
 * What differs between the versions of a system: a row for each finding, with its experiments, and a column for each
 * version. Versions that agree in every row are one column, neighbours that agree in a row one cell.
 */
export function versionsTable(
  { platform, versions, findings }: ComparedSystem,
  experiment: (each: DifferingExperiment) => Markup = plainExperiment,
): Markup {
  const labels = versions.map(({ label }) => label);
  const rows = findings.map((finding) => outcomesOf(finding, labels));
  const columns = columnsOf(labels, rows);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${platform}, by version">
<table class="versions">
<thead><tr><th scope="col">experiments</th>${columns.map(({ text }) => markup`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>${findings.map(
    ({ experiments }, row) =>
      markup`<tr><th scope="row">${experimentList(experiments, experiment)}</th>${cells(columns.map(({ from }) => rows[row]?.[from] ?? NOT_MEASURED))}</tr>`,
  )}</tbody>
</table></div>`;
}

const NOT_MEASURED = "–";

/** A finding's outcome in each version. */
function outcomesOf({ spans, unmeasured }: VersionFinding, labels: readonly string[]): string[] {
  let current = 0;
  return labels.map((label) => {
    if (spans[current + 1]?.from === label) current += 1;
    return unmeasured.includes(label) ? NOT_MEASURED : (spans[current]?.outcome ?? NOT_MEASURED);
  });
}

/** Neighbouring versions that agree in every row, by the index of the first. */
function columnsOf(
  labels: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly from: number; readonly text: Markup }[] {
  const starts = labels.flatMap((_, index) =>
    index === 0 || rows.some((row) => row[index] !== row[index - 1]) ? [index] : [],
  );
  return starts.map((from, index) => {
    const last = (starts[index + 1] ?? labels.length) - 1;
    const until = last === from ? null : markup` – ${version(labels[last])}`;
    return { from, text: markup`${version(labels[from])}${until}` };
  });
}

function version(label = ""): Markup {
  return markup`<span class="version">${label}</span>`;
}

/** Equal neighbours are one cell; the rarer outcomes stand out. */
function cells(outcomes: readonly string[]): Markup[] {
  const merged: { text: string; width: number }[] = [];
  for (const text of outcomes) {
    const last = merged.at(-1);
    if (last?.text === text) last.width += 1;
    else merged.push({ text, width: 1 });
  }
  const countOf = (text: string): number => outcomes.filter((each) => each === text).length;
  const most = Math.max(...outcomes.filter((text) => text !== NOT_MEASURED).map(countOf));
  return merged.map(({ text, width }) => {
    const isRare = text !== NOT_MEASURED && countOf(text) < most;
    return markup`<td colspan="${width}">${isRare ? markup`<strong>${text}</strong>` : text}</td>`;
  });
}

function experimentList(
  experiments: readonly DifferingExperiment[],
  item: (each: DifferingExperiment) => Markup,
): Markup {
  const [first, ...rest] = experiments as readonly [DifferingExperiment];
  if (rest.length === 0) return item(first);
  return markup`<details><summary>${countText(experiments.length, "experiment")}, such as ${item(first)}</summary>
<ul>${rest.map((each) => markup`<li>${item(each)}</li>`)}</ul></details>`;
}

function plainExperiment(each: DifferingExperiment): Markup {
  return markup`<code>${experimentText(each)}</code>`;
}
