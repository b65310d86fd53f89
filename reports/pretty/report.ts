import type { Selection } from "../../harness/model/selection.ts";
import type { TargetLine } from "../../harness/results/line.ts";
import { groupBy } from "../../harness/model/group-by.ts";
import { DEFAULT_RESULTS } from "../../harness/results/default-results.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import type { Collected } from "../collected.ts";
import { oneLine } from "../legible.ts";
import { countWords } from "../matrix/count-words.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { inDocumentOrder } from "../matrix/order.ts";
import { partOf } from "../matrix/table-position.ts";
import type { ReportContext } from "../reporter.ts";
import type { RunFacts } from "../run-facts.ts";
import { countsText, shippedText, targetText } from "../sentences.ts";
import { notApplicable, skips, targetLines, targetProblems, worstOf } from "./closing.ts";
import { closingLine } from "./closing-line.ts";
import { findings } from "./findings.ts";
import type { Paint } from "./paint.ts";
import { documentTables } from "./tables.ts";
import { timingsTables } from "./timings-table.ts";
import { wrap } from "./wrap.ts";

/** How to draw, and what is known of the run besides its lines. */
interface Context extends ReportContext {
  readonly columns: number;
  readonly paint: Paint;
}

/** The whole text: tables where they are wanted, what differs, each target, and the verdict in the last line. */
export function reportText(collected: Collected, facts: RunFacts, context: Context): string {
  const { problems, observations } = collected;
  const { columns, paint, verbose, timings, written } = context;
  const verdicts = inDocumentOrder(collected.verdicts, facts);
  const byTarget = groupBy(verdicts, ({ target }) => target);
  const counts = new Map([...byTarget].map(([target, own]) => [target, countWords(own)]));
  const explainArguments = argumentsOfExplain(context, facts.run?.selection);
  const shipped = shippedText(verdicts);
  const { summary } = facts;
  const closing = facts.closingProblem();
  const last = closingLine({ counts, problems, observations, summary, closing, written });
  return [
    ...[...byTarget.values()].flatMap((own) => targetTables(own, facts, context)),
    ...findings(verdicts, { ...context, document: facts.document, explainArguments }),
    ...skips(verdicts, columns, verbose, paint),
    ...notApplicable(summary),
    ...targetProblems(problems, columns, paint),
    ...targetLines(counts, facts, columns, paint),
    ...(shipped === null ? [] : [wrap(shipped, columns, "")]),
    ...(timings ? timingsTables(summary?.timings ?? [], columns) : []),
    paint(last.word, last.text),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

/** What `explain` needs to find the same results, and claims of the caller's own files where there are none. */
function argumentsOfExplain({ results }: ReportContext, selection: Selection | undefined): string {
  if (results === DEFAULT_RESULTS) return "";
  if (results !== null) return ` --results ${quotedArgument(results)}`;
  return (selection?.files ?? []).map((file) => ` ${quotedArgument(file)}`).join("");
}

/** The documents that were asked for: tables of a few, one line for each of many. */
function targetTables(verdicts: readonly Judged[], facts: RunFacts, context: Context): string[] {
  const { columns, paint, verbose } = context;
  const byDocument = [...groupBy(verdicts, ({ document }) => document)];
  if (!verbose && !isChosen(facts.run?.selection)) return [];
  const heading = targetHeading(verdicts, facts, context);
  if (verbose || byDocument.length <= MOST_TABLES)
    return [
      heading,
      ...byDocument.map(([id, own]) =>
        documentTables(facts.document(id) ?? id, own, columns, paint),
      ),
    ];
  const lines = byDocument.map(([id, own]) => {
    const counts = countWords(own);
    const word = worstOf(counts);
    return paint(word, `${MARKS[word]} ${id}: ${countsText(counts)}`);
  });
  return [heading, lines.join("\n")];
}

/** Documents of which one run draws tables on a target. */
const MOST_TABLES = 4;

function isChosen(selection: Selection | undefined): boolean {
  return [selection?.files, selection?.document, selection?.filter].some(
    (chosen) => chosen !== undefined && chosen.length > 0,
  );
}

function targetHeading(
  verdicts: readonly Judged[],
  facts: RunFacts,
  { columns, paint }: Context,
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
