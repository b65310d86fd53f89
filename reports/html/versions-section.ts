import { compareMeasured } from "../../harness/results/compare-versions.ts";
import { experimentText, headlineOf } from "../answers/matrix-text.ts";
import { oneLine } from "../legible.ts";
import type { RunFacts } from "../run-facts.ts";
import type { PageCollected } from "./page-collected.ts";
import { markup, type Markup } from "./markup.ts";
import { versionsTable } from "./versions-table.ts";

/** What differs between the versions of each system that was measured in two or more; null where none was. */
export function versionsSection(
  { verdicts, seen }: PageCollected,
  { targets }: RunFacts,
): Markup | null {
  const measured = [...targets.values()].map((target) => ({
    target,
    observations: seen.get(target.target) ?? new Map(),
  }));
  const systems = compareMeasured(measured);
  if (systems.length === 0) return null;
  const judged = new Set(verdicts.map(({ experiment }) => experiment));
  return markup`<section aria-labelledby="versions"><h2 id="versions" tabindex="-1">Between versions</h2>
${systems.map(
  (system) => markup`<h3>${oneLine(headlineOf(system))}</h3>
${
  system.findings.length === 0
    ? null
    : versionsTable(system, (each) => {
        const code = markup`<code>${oneLine(experimentText(each))}</code>`;
        if (!judged.has(each.id)) return code;
        return markup`<a href="#${new URLSearchParams({ q: each.id }).toString()}">${code}</a>`;
      })
}`,
)}
</section>`;
}
