import type { Document } from "../../harness/model/claim.ts";
import type { Selection } from "../../harness/model/selection.ts";
import type { TargetLine } from "../../harness/results/line.ts";
import type { VerdictWord } from "../../harness/model/verdict.ts";
import { oneLine } from "../legible.ts";
import type { RunFacts } from "../run-facts.ts";
import { countsText, shippedText, targetText } from "../sentences.ts";
import { notApplicable, skips, targetProblems, totals, type TargetProblem } from "./closing.ts";
import { contradictions, staleDeviations, undecided } from "./findings.ts";
import { countWords } from "../matrix/count-words.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import type { Judged } from "../matrix/judged.ts";
import { inDocumentOrder } from "../matrix/order.ts";
import type { Paint } from "./paint.ts";
import { documentTables } from "./tables.ts";
import { MARKS } from "../matrix/marks.ts";
import { partOf, positionOf } from "../matrix/table-position.ts";
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
  const shipped = shippedText(verdicts);
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
    ...(shipped === null ? [] : [wrap(shipped, columns, "")]),
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
  const texts = [targetText(line), ...addressTexts(line, parts)];
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

/** Drawn documents first, then one line for each that may be folded away. */
function targetTables(
  verdicts: readonly Judged[],
  facts: RunFacts,
  columns: number,
  paint: Paint,
): string[] {
  const byDocument = [...groupBy(verdicts, ({ document }) => document)];
  const isFolded = ([id, own]: [string, Judged[]]): boolean =>
    canFold(facts.document(id), own, facts.run?.selection);
  const drawn = byDocument
    .filter((entry) => !isFolded(entry))
    .map(([id, own]) => documentTables(facts.document(id) ?? id, own, columns, paint));
  const folded = byDocument
    .filter(isFolded)
    .map(([id, own]) =>
      paint(worstWord(own), `${MARKS[worstWord(own)]} ${id}: ${countsText(countWords(own))}`),
    );
  return folded.length === 0 ? drawn : [...drawn, folded.join("\n")];
}

/**
 * A document in which nothing needs attention is one line, unless the user chose what to run. Tables of published
 * documents are always drawn: they are what people want to see.
 */
function canFold(
  document: Document | undefined,
  verdicts: readonly Judged[],
  selection: Selection | undefined,
): boolean {
  const isChosen = [selection?.files, selection?.document, selection?.filter].some(
    (chosen) => chosen !== undefined && chosen.length > 0,
  );
  if (isChosen || verdicts.some(({ word }) => NEEDS_ATTENTION.has(word))) return false;
  const hasTable = verdicts.some(({ experiment }) => positionOf(experiment) !== null);
  return document !== undefined && (document.kind !== "documented" || !hasTable);
}

const NEEDS_ATTENTION: ReadonlySet<string> = new Set(["contradicted", "stale-deviation", "broken"]);

/** Of what may be folded: the word that says most about the document. */
function worstWord(verdicts: readonly Judged[]): VerdictWord {
  const words = new Set(verdicts.map(({ word }) => word));
  return FOLDABLE.find((word) => words.has(word)) ?? "held";
}

const FOLDABLE: readonly VerdictWord[] = ["known-deviation", "held", "skipped"];
