import { countText } from "../../harness/model/count-text.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { causeText, pairLabel } from "../matrix/causes.ts";
import type { Judged } from "../matrix/judged.ts";
import { partOf } from "../matrix/table-position.ts";
import type { RunFacts } from "../run-facts.ts";
import { citationLines, sourceText } from "../sentences.ts";
import type { Annotation } from "./workflow-command.ts";

/** One annotation for each cell of a case file that does not hold somewhere; verdicts come in the document's order. */
export function annotationsOf(verdicts: readonly Judged[], facts: RunFacts): Annotation[] {
  const bad = verdicts.filter(({ word }) => BAD.includes(word));
  return [...groupBy(bad, ({ source }) => sourceText(source)).values()].map((same) =>
    annotation(same, facts),
  );
}

const BAD: readonly string[] = ["contradicted", "stale-deviation", "broken"];

function annotation(same: readonly Judged[], facts: RunFacts): Annotation {
  const [{ document: id, source }] = same as [Judged];
  const document = facts.document(id);
  const causes = groupBy(same, (verdict) => `${verdict.target}: ${causeOf(verdict)}`);
  const [title = ""] = causes.keys();
  return {
    title:
      causes.size === 1 ? title : `${title}, and ${countText(causes.size - 1, "more outcome")}`,
    message: [
      ...[...causes].flatMap(([cause, own]) => [cause, ...pairTexts(own)]),
      ...(document === undefined ? [] : citationLines(document)),
    ].join("\n"),
    source,
  };
}

function causeOf(verdict: Judged): string {
  const text = causeText(verdict);
  if (verdict.word === "broken") return `could not be decided, ${text}`;
  return verdict.word === "contradicted" ? text : `${verdict.word}, ${text}`;
}

function pairTexts(verdicts: readonly Judged[]): string[] {
  return [...groupBy(verdicts, pairLabel)].map(([label, own]) => {
    const parts = own.map(({ experiment }) => partOf(experiment));
    return `  ${label} (${parts.join(", ")})`;
  });
}

/** GitHub keeps ten annotations of a kind from each step: our last one names the rest. */
export function limited(annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST) return [...annotations];
  const rest = annotations.slice(MOST - 1);
  const titles = rest
    .slice(0, NAMED)
    .map(({ title, source }) => (source === undefined ? title : `${sourceText(source)} ${title}`));
  const unnamed = rest.length - titles.length;
  return [
    ...annotations.slice(0, MOST - 1),
    {
      title: `bindcheck: ${rest.length} more`,
      message: [...titles, ...(unnamed > 0 ? [`and ${unnamed} more`] : [])].join("\n"),
    },
  ];
}

// docs.github.com, "Workflow commands for GitHub Actions": 10 error annotations per step.
const MOST = 10;
const NAMED = 50;
