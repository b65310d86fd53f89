import { oneLine } from "../legible.ts";
import { findings, type Finding, type FindingPair } from "../matrix/findings.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { partOf } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText, countText } from "../sentences.ts";
import { markup, type Markup } from "./markup.ts";

/** What did not simply hold, by target and document, each cause once. What needs nobody's attention is folded away. */
export function findingsSection(verdicts: readonly Judged[], facts: RunFacts): Markup[] {
  const all = findings(verdicts);
  const isCalm = ({ word }: Finding): boolean => CALM.includes(word);
  const urgent = all.filter((finding) => !isCalm(finding));
  const calm = groupBy(all.filter(isCalm), ({ word }) => word);
  return [
    ...(urgent.length === 0
      ? []
      : [
          markup`<section aria-labelledby="why"><h2 id="why">What differs</h2>
${targetGroups(urgent, facts)}</section>`,
        ]),
    ...[...calm].map(([word, own]) => {
      const count = own.reduce((sum, finding) => sum + finding.count, 0);
      return markup`<details class="calm"><summary><b class="mark" aria-hidden="true">${MARKS[word]}</b> ${countText(count, "claim")} ${CALM_TITLES[word] ?? word}</summary>
${targetGroups(own, facts)}</details>`;
    }),
  ];
}

const CALM_TITLES: Readonly<Record<string, string>> = {
  "known-deviation": "deviate as known",
  skipped: "skipped",
};
const CALM = Object.keys(CALM_TITLES);

function targetGroups(all: readonly Finding[], facts: RunFacts): Markup[] {
  return [...groupBy(all, ({ target }) => target)].map(
    ([target, own]) => markup`<div class="finding"><h3>${target}</h3>
${[...groupBy(own, ({ document }) => document)].map(([id, same]) => documentRow(id, same, facts))}
</div>`,
  );
}

function documentRow(id: string, own: readonly Finding[], facts: RunFacts): Markup {
  const document = facts.document(id);
  const title = document === undefined ? id : oneLine(citationText(document));
  return markup`<div class="causes"><p class="faint">${title}</p><div>${own.map(causeDetails)}</div></div>`;
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
