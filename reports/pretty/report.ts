import type { TargetLine } from "../../harness/results/line.ts";
import { oneLine } from "../legible.ts";
import type { RunFacts } from "../run-facts.ts";
import { systemText } from "../sentences.ts";
import { notApplicable, skips, targetProblems, totals, type TargetProblem } from "./closing.ts";
import { contradictions, staleDeviations, undecided } from "./findings.ts";
import { groupBy } from "../matrix/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { inDocumentOrder } from "../matrix/order.ts";
import type { Paint } from "./paint.ts";
import { documentTables } from "./tables.ts";
import { partOf } from "../matrix/place.ts";
import { wrap } from "./wrap.ts";

/** What was collected while the run went on. */
export interface Collected {
  readonly verdicts: readonly Judged[];
  readonly problems: readonly TargetProblem[];
  readonly observations: number;
}

/** The whole text: tables by target and document, then what needs attention, then the counts. */
export function reportText(
  collected: Collected,
  facts: RunFacts,
  columns: number,
  paint: Paint,
): string {
  const { problems, observations } = collected;
  const verdicts = inDocumentOrder(collected.verdicts, facts);
  const context = { document: facts.document, columns, paint };
  const closing = facts.closingProblem();
  return [
    ...[...groupBy(verdicts, ({ target }) => target).values()].flatMap((own) => [
      targetHeading(own, facts, columns, paint),
      ...targetTables(own, facts, columns, paint),
    ]),
    ...contradictions(verdicts, context),
    ...staleDeviations(verdicts, context),
    ...undecided(verdicts, context),
    ...skips(verdicts, columns, paint),
    ...notApplicable(facts.summary, columns),
    ...targetProblems(problems, columns, paint),
    totals(verdicts, observations, facts.summary),
    ...(closing === null ? [] : [paint("broken", `! ${closing}`)]),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

function targetHeading(
  verdicts: readonly Judged[],
  facts: RunFacts,
  columns: number,
  paint: Paint,
): string {
  const [{ target }] = verdicts as readonly [Judged];
  const line = facts.targets.get(target);
  const rule = paint("heading", `━━ ${target} `.padEnd(columns, "━"));
  if (line === undefined) return rule;
  const parts = verdicts.map(({ experiment }) => partOf(experiment));
  const texts = [systemText(line), ...addressTexts(line, parts)];
  return [rule, ...texts.map((text) => wrap(oneLine(text), columns, ""))].join("\n");
}

// Only of families that were measured.
function addressTexts({ addresses }: TargetLine, parts: readonly string[]): string[] {
  const families = new Set(parts.map((part) => part.split(/[/ ]/)[1]));
  return Object.entries(addresses)
    .filter(([family]) => families.has(family))
    .map(([family, kinds]) => {
      const known = Object.entries(kinds).filter(([, address]) => address !== null);
      return `${family}: ${known.map((kind) => kind.join(" ")).join(", ")}`;
    });
}

function targetTables(
  verdicts: readonly Judged[],
  facts: RunFacts,
  columns: number,
  paint: Paint,
): string[] {
  return [...groupBy(verdicts, ({ document }) => document)].map(([id, own]) =>
    documentTables(facts.document(id) ?? id, own, columns, paint),
  );
}
