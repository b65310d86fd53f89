import { oneLine } from "../legible.ts";
import { findings, type Finding, type FindingPair } from "../matrix/findings.ts";
import { groupBy } from "../matrix/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { partOf } from "../matrix/place.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText } from "../sentences.ts";
import { markup, type Markup } from "./markup.ts";

/** What did not simply hold, by target and document, each cause once; null when everything held. */
export function findingsSection(verdicts: readonly Judged[], facts: RunFacts): Markup | null {
  const groups = groupBy(findings(verdicts), ({ target, document }) => `${target}\n${document}`);
  if (groups.size === 0) return null;
  return markup`<section aria-labelledby="why"><h2 id="why">What differs</h2>
${[...groups.values()].map((own) => findingGroup(own, facts))}
</section>`;
}

function findingGroup(own: readonly Finding[], facts: RunFacts): Markup {
  const [{ target, document: id }] = own as [Finding];
  const document = facts.document(id);
  const title = document === undefined ? id : oneLine(citationText(document));
  return markup`<div class="finding"><h3>${target} <span class="faint">against ${title}</span></h3>
${own.map(causeDetails)}
</div>`;
}

function causeDetails({ word, cause, count, pairs }: Finding): Markup {
  const more = pairs.length - MOST;
  const summary = markup`<b class="mark" aria-hidden="true">${MARKS[word]}</b> <b>${count} ${word.replace("-", " ")}</b> ${cause}`;
  return markup`<details class="${word}"><summary>${summary}</summary>
<ul>${pairs.slice(0, MOST).map(pairItem)}${more > 0 ? markup`<li class="faint">and ${more} more</li>` : null}</ul></details>`;
}

// One cause can take every claim; the matrix has the rest.
const MOST = 60;

function pairItem({ label, verdicts }: FindingPair): Markup {
  return markup`<li><code>${label}</code> ${verdicts.map(claimLink)}</li>`;
}

/** Opens a claim in the matrix below. */
function claimLink({ target, document, experiment, step }: Judged): Markup {
  const state = new URLSearchParams({ on: target, in: document, show: experiment });
  if (step !== undefined) state.set("step", step);
  return markup`<a href="#${state.toString()}">${partOf(experiment)}</a>`;
}
