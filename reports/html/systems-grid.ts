import { groupBy } from "../../harness/model/group-by.ts";
import { oneLine } from "../legible.ts";
import { countWords } from "../matrix/count-words.ts";
import { documentOrder } from "../matrix/document-order.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { WORST_FIRST } from "../matrix/worst-first.ts";
import type { RunFacts } from "../run-facts.ts";
import { countsText } from "../sentences.ts";
import type { Collected } from "../collected.ts";
import type { PageVerdict } from "./page-verdict.ts";
import { markup, type Markup } from "./markup.ts";
import { systemsInOrder } from "./systems-in-order.ts";

/** Documents by systems: what each made of each, as shape, number and colour; every cell leads to its claims. */
export function systemsGrid(collected: Collected<PageVerdict>, facts: RunFacts): Markup | null {
  const { verdicts, problems } = collected;
  const lost = new Set(problems.map(({ target }) => target));
  const systems = systemsInOrder(collected, facts);
  const targets = systems.flatMap((system) => system.targets.map(({ name }) => name));
  if (verdicts.length === 0) return null;
  const byDocument = groupBy(verdicts, ({ document }) => document);
  const rows = documentOrder(verdicts, facts).map((id) => ({
    id,
    own: byDocument.get(id) ?? [],
  }));
  const isCalm = ({ own }: (typeof rows)[number]): boolean =>
    own.every(({ word }) => CALM.includes(word));
  const drawRow = ({ id, own }: (typeof rows)[number]): Markup =>
    documentRow(id, own, targets, facts);
  return markup`<section aria-labelledby="systems"><h2 id="systems" tabindex="-1">Documents and systems</h2>
<div class="scroll"><table class="systems${targets.length > MOST_STACKED ? "" : " stacked"}" aria-labelledby="systems">
<thead><tr><th scope="col">document</th>${targets.map((name) => targetHeading(name, lost.has(name)))}</tr></thead>
<tbody>${gridRow(markup`All claims`, {}, verdicts, targets)}
${rows.filter((row) => !isCalm(row)).map(drawRow)}</tbody>
<tbody class="calm">${rows.filter(isCalm).map(drawRow)}</tbody>
</table></div></section>`;
}

// More do not fit beside each other on a phone: the grid scrolls then.
const MOST_STACKED = 6;
const CALM: readonly string[] = ["held", "skipped"];

function targetHeading(name: string, isLost: boolean): Markup {
  const lost = isLost ? markup` <b class="broken">${MARKS.broken} lost</b>` : null;
  return markup`<th scope="col">${link({ target: name }, headingText(name))}${lost}</th>`;
}

// A narrow heading may break before the version, not inside of it.
function headingText(name: string): Markup {
  const [system = "", ...version] = oneLine(name).split(/(?=@)/);
  return version.length === 0 ? markup`${system}` : markup`${system}<wbr>${version.join("")}`;
}

function documentRow(
  id: string,
  own: readonly Judged[],
  targets: readonly string[],
  facts: RunFacts,
): Markup {
  const { title = id, section = "" } = facts.document(id) ?? {};
  const name = markup`${oneLine(title)} <span class="faint">${oneLine(section)}</span>`;
  return gridRow(link({ document: id }, name), { document: id }, own, targets);
}

function gridRow(
  heading: Markup,
  filter: Filter,
  own: readonly Judged[],
  targets: readonly string[],
): Markup {
  const byTarget = groupBy(own, ({ target }) => target);
  const cells = targets.map((target) => {
    const claims = byTarget.get(target);
    return claims === undefined
      ? markup`<td></td>`
      : markup`<td>${cellLink({ ...filter, target }, claims)}</td>`;
  });
  return markup`<tr><th scope="row">${heading}</th>${cells}</tr>`;
}

/** The worst verdict, how many claims have it, and of how many. */
function cellLink(filter: Filter, claims: readonly Judged[]): Markup {
  const counts = countWords(claims);
  const word = WORST_FIRST.find((each) => counts[each] !== undefined) ?? "held";
  const count = counts[word] ?? 0;
  const total = count === claims.length ? "" : ` of ${claims.length}`;
  // What is seen has to be a part of what is heard.
  const label = countsText({ [word]: count }).replace(`${count}`, `${count}${total}`);
  return markup`<a href="${address(filter)}" class="${word}" aria-label="${label}" title="${countsText(counts)}"><b class="mark" aria-hidden="true">${MARKS[word]}</b> ${count}<small>${total}</small></a>`;
}

function link(filter: Filter, text: Markup): Markup {
  return markup`<a href="${address(filter)}">${text}</a>`;
}

/** What the page's script shows when the link is followed. */
type Filter = Readonly<Record<string, string>>;

function address(filter: Filter): string {
  return `#${new URLSearchParams(filter).toString()}`;
}
