import { countText } from "../../harness/model/count-text.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { oneLine } from "../legible.ts";
import { causes, type Cause, type CauseDocument } from "../matrix/causes.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { partOf } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationText } from "../sentences.ts";
import { markup, type Markup } from "./markup.ts";

/** Why claims did not hold, each cause once for all targets. Known deviations and skipped claims are folded. */
export function causesSection(verdicts: readonly Judged[], facts: RunFacts): Markup[] {
  const all = causes(verdicts);
  const isCalm = ({ word }: Cause): boolean => CALM.includes(word);
  const urgent = all.filter((cause) => !isCalm(cause));
  return [
    ...(urgent.length === 0
      ? []
      : [
          markup`<section aria-labelledby="why"><h2 id="why" tabindex="-1">What differs</h2>
<div class="causes">${urgent.map((cause) => causeDetails(cause, facts))}</div></section>`,
        ]),
    ...[...groupBy(all.filter(isCalm), ({ word }) => word).values()].map((own) =>
      calmSection(own, facts),
    ),
  ];
}

const TITLES: Readonly<Record<string, string>> = {
  "known-deviation": "Known deviations, by reason",
  skipped: "Skipped, by reason",
};
const CALM = Object.keys(TITLES);

function calmSection(own: readonly Cause[], facts: RunFacts): Markup {
  const [{ word }] = own as readonly [Cause];
  const count = own.reduce((sum, cause) => sum + cause.count, 0);
  const title = markup`<b class="mark" aria-hidden="true">${MARKS[word]}</b> ${TITLES[word] ?? word}`;
  return markup`<details class="calm" id="${word}"><summary>${title} (${countText(count, "claim")})</summary>
<div class="causes">${own.map((cause) => causeDetails(cause, facts))}</div></details>`;
}

function causeDetails(cause: Cause, facts: RunFacts): Markup {
  const { word, text, count, targets } = cause;
  const counts = targets.map(({ name, count: own }) => `${name} ${own}`).join(", ");
  return markup`<details class="${word}"><summary><b class="mark" aria-hidden="true">${MARKS[word]}</b> <b>${count}</b> ${text} <span class="faint">${counts}</span></summary>
${documentLists(cause, facts)}</details>`;
}

/** The claims of a cause by document; one cause can have all claims of a run, so the list has an end. */
function documentLists({ documents }: Cause, facts: RunFacts): Markup[] {
  let left = MOST;
  return documents.map(({ id, pairs }) => {
    const shown = pairs.slice(0, left);
    left -= shown.length;
    return documentList({ id, pairs: shown }, pairs.length - shown.length, facts);
  });
}

const MOST = 60;

function documentList({ id, pairs }: CauseDocument, more: number, facts: RunFacts): Markup {
  const document = facts.document(id);
  const title = document === undefined ? id : oneLine(citationText(document));
  return markup`<p>${title}</p>
<ul>${pairs.map(({ label, verdicts }) => markup`<li><code>${label}</code> ${verdicts.map(claimLink)}</li>`)}
${more > 0 ? markup`<li class="faint">and ${more} more</li>` : null}</ul>`;
}

/** Opens a claim in the tables below. */
function claimLink({ target, document, experiment, step }: Judged): Markup {
  const state = new URLSearchParams({ on: target, in: document, show: experiment });
  if (step !== undefined) state.set("step", step);
  return markup`<a href="#${state.toString()}">${target} ${partOf(experiment)}</a>`;
}
