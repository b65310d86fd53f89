import type { TargetLine, Timings } from "../../harness/results/line.ts";
import { oneLine } from "../legible.ts";
import { countWords } from "../matrix/count-words.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { countsText, targetText } from "../sentences.ts";
import { secondsText, timingRows } from "../timing-rows.ts";
import { markup, type Markup } from "./markup.ts";

/** What a target is and how many of the claims held there. */
export function targetCard(
  name: string,
  verdicts: readonly Judged[],
  line: TargetLine | undefined,
  timings: Timings | undefined,
): Markup {
  const counts = Object.entries(countWords(verdicts)) as WordCounts;
  const filter = new URLSearchParams({ target: name });
  return markup`<article class="card">
<h3><a href="#${filter.toString()}">${oneLine(name)}</a></h3>
${line === undefined ? null : markup`<p class="faint">${oneLine(targetText(line))}</p>`}
${counts.length === 0 ? markup`<p>no claims</p>` : countsMarkup(counts, verdicts.length)}
${line === undefined ? null : targetDetails(line)}
${timings === undefined ? null : timeDetails(timings)}
</article>`;
}

type WordCounts = readonly [word: Judged["word"], count: number][];

// Attributes of SVG are allowed where the page's policy forbids inline styles.
function countsMarkup(counts: WordCounts, total: number): Markup {
  const share = (count: number): string => ((count / total) * 100).toFixed(2);
  let before = 0;
  const pieces = counts.map(([word, count]) => {
    const x = share(before);
    before += count;
    return markup`<rect class="${word}" x="${x}" width="${share(count)}" height="1"/>`;
  });
  return markup`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>
<ul class="counts">${counts.map(countItem)}</ul>`;
}

function countItem([word, count]: WordCounts[number]): Markup {
  return markup`<li class="${word}"><b class="mark" aria-hidden="true">${MARKS[word]}</b> ${countsText({ [word]: count })}</li>`;
}

function targetDetails({ addresses, runtime, controls }: TargetLine): Markup {
  const failed = Object.entries(controls).filter(([, outcome]) => !outcome.startsWith("held"));
  const count = Object.keys(controls).length;
  const details = [
    ...Object.entries(addresses).map(([family, kinds]) => detail(family, listText(kinds))),
    detail("runtime", listText(runtime)),
    detail("controls", `${count - failed.length} of ${count} held`),
    ...failed.map(([control, outcome]) => detail("not held", `${control}: ${outcome}`)),
  ];
  return markup`<details><summary>Addresses, runtime, controls</summary><dl>${details}</dl></details>`;
}

function timeDetails(timings: Timings): Markup {
  const rows = timingRows(timings);
  const details = rows.map(({ name, ms, parts }) => {
    const texts = parts.map((part) => `${part.name} ${secondsText(part.ms)}`);
    const meanwhile = parts.length === 0 ? "" : ` (side by side: ${texts.join(", ")})`;
    return detail(name, `${secondsText(ms)} s${meanwhile}`);
  });
  return markup`<details><summary>Where its time went</summary><dl>${details}</dl></details>`;
}

function detail(name: string, text: string): Markup {
  return markup`<dt>${oneLine(name)}</dt><dd>${oneLine(text)}</dd>`;
}

function listText(values: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(values).filter(([, value]) => value !== null);
  return known.map((entry) => entry.join(" ")).join(", ") || "none";
}
