import { countText } from "../../harness/model/count-text.ts";
import { oneLine } from "../legible.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { headline } from "../matrix/headline.ts";
import type { RunFacts } from "../run-facts.ts";
import { shippedText } from "../sentences.ts";
import { causesSection } from "./causes-section.ts";
import type { Collected } from "../collected.ts";
import type { PageVerdict } from "./page-verdict.ts";
import { markup, type Markup } from "./markup.ts";
import type { PageCollected } from "./page-collected.ts";
import { systemsGrid } from "./systems-grid.ts";
import { targetCard } from "./target-card.ts";
import { versionsSection } from "./versions-section.ts";

/** What is read in the first ten seconds, and without any script. */
export function overview(collected: PageCollected, facts: RunFacts): Markup {
  const { verdicts, problems } = collected;
  return markup`<a class="skip" href="#why">Skip to what differs</a>
<a class="skip" href="#claims">Skip to all claims</a>
<header class="top">
<p class="brand">bindcheck</p>
<h1>${oneLine(headline(verdicts, problems))}</h1>
<p class="faint">${runText(collected, facts)}</p>
</header>
<main id="main">
${alertOf(facts.closingProblem())}
${problems.map(({ target, problem }) => alert(`${target} could not be measured: ${problem}`))}
${systemsGrid(collected, facts)}
${causesSection(verdicts, facts)}
${versionsSection(collected, facts)}
${targetCards(collected, facts)}
${note(shippedText(verdicts))}
${notApplicable(facts)}
<noscript><p class="note">The tables of all claims are drawn by this page's own script, which does not run here.</p></noscript>
</main>`;
}

function runText(
  { observations, verdicts }: Collected<PageVerdict>,
  { run, summary }: RunFacts,
): string {
  return [
    ...(run === null ? [] : [dateText(run.startedAt), `bindcheck ${run.harness}`]),
    `${countText(observations, "experiment")}, ${countText(verdicts.length, "claim")}`,
    ...(summary === null ? [] : [`${(summary.wallMs / 1000).toFixed(1)} s`]),
  ]
    .map(oneLine)
    .join(" · ");
}

function dateText(startedAt: string): string {
  return startedAt.replace("T", " ").replace(/(:\d\d):.*$/, "$1 UTC");
}

function alertOf(problem: string | null): Markup | null {
  return problem === null ? null : alert(problem);
}

function alert(text: string): Markup {
  return markup`<p class="alert"><b class="mark" aria-hidden="true">!</b> ${oneLine(text)}</p>`;
}

function targetCards(
  { verdicts }: Collected<PageVerdict>,
  { targets, summary }: RunFacts,
): Markup | null {
  const groups = groupBy(verdicts, ({ target }) => target);
  const names = [...new Set([...targets.keys(), ...groups.keys()])];
  if (names.length === 0) return null;
  const card = (name: string): Markup =>
    targetCard(
      name,
      groups.get(name) ?? [],
      targets.get(name),
      summary?.timings?.find(({ target }) => target === name),
    );
  return markup`<section aria-labelledby="targets"><h2 id="targets" tabindex="-1">Targets</h2>
<div class="targets">${names.map((name) => card(name))}</div>
</section>`;
}

function note(text: string | null): Markup | null {
  if (text === null) return null;
  // Browsers break a line after any hyphen.
  const pieces = text
    .split(/(--[\w-]+)/)
    .map((piece, at) =>
      at % 2 === 0 ? markup`${piece}` : markup`<span class="whole">${piece}</span>`,
    );
  return markup`<p class="note">${{ source: pieces.map(({ source }) => source).join("") }}</p>`;
}

function notApplicable({ summary }: RunFacts): Markup | null {
  const documents = summary?.notApplicable ?? [];
  if (documents.length === 0) return null;
  const count = countText(documents.length, "document");
  return markup`<details class="calm"><summary>${count} not applicable to any target here</summary>
<p class="note">${oneLine(documents.join(", "))}</p></details>`;
}
