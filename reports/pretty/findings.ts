import { countText } from "../../harness/model/count-text.ts";
import type { Document } from "../../harness/model/claim.ts";
import { quotedArgument } from "../../harness/model/quoted-argument.ts";
import { oneLine } from "../legible.ts";
import { causes, type Cause, type CauseDocument } from "../matrix/causes.ts";
import type { Judged } from "../matrix/judged.ts";
import { MARKS } from "../matrix/marks.ts";
import { partOf } from "../matrix/table-position.ts";
import { citationText, sourceText } from "../sentences.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** What to draw findings with. */
export interface FindingsContext {
  readonly document: (id: string) => Document | undefined;
  readonly columns: number;
  readonly paint: Paint;
  readonly verbose: boolean;
  /** Where the rest is. */
  readonly written: readonly string[];
  /** What `bindcheck explain` needs beside the id. */
  readonly explainArguments: string;
}

/** What differs, a cause once for all targets and documents, with what to type to see its evidence. */
export function findings(verdicts: readonly Judged[], context: FindingsContext): string[] {
  const all = causes(verdicts).filter(({ word }) => word in TITLES);
  const shown = context.verbose ? all : all.slice(0, MOST_CAUSES);
  const blocks = shown.flatMap((cause, at) => [
    ...(cause.word === shown[at - 1]?.word ? [] : [title(cause.word, all, context.paint)]),
    causeText(cause, context),
  ]);
  const more = all.slice(shown.length).reduce((sum, { count }) => sum + count, 0);
  return more === 0 ? blocks : [...blocks, `${more} more in ${restIn(context)}`];
}

const MOST_CAUSES = 10;

const TITLES: Readonly<Partial<Record<Judged["word"], (count: number) => string>>> = {
  contradicted: (count) => `${countText(count, "claim")} contradicted`,
  "stale-deviation": (count) =>
    `${countText(count, "known deviation")} no longer true: take ${count === 1 ? "the entry" : "the entries"} out`,
  broken: (count) => `${countText(count, "claim")} could not be decided`,
};

function title(word: Judged["word"], all: readonly Cause[], paint: Paint): string {
  const count = all
    .filter((cause) => cause.word === word)
    .reduce((sum, each) => sum + each.count, 0);
  return paint(word, `${MARKS[word]} ${TITLES[word]?.(count) ?? word}`);
}

function restIn({ written: [file] }: FindingsContext): string {
  return file === undefined ? "what --verbose prints" : oneLine(file);
}

function causeText({ text, targets, documents }: Cause, context: FindingsContext): string {
  const { columns, paint, verbose } = context;
  const counts = targets.map(({ name, count }) => `${count} on ${name}`).join(", ");
  const most = verbose ? Infinity : MOST_DOCUMENTS;
  const more = documents.length - most;
  return [
    wrap(`${text}: ${counts}`, columns, "  "),
    ...documents.slice(0, most).flatMap((document) => documentLines(document, context)),
    ...(more > 0 ? [paint("faint", `    ${countText(more, "more document")}`)] : []),
  ].join("\n");
}

const MOST_DOCUMENTS = 3;

/** The document, where it says so, and one experiment of it to look at: of a document with many others, those are counted. */
function documentLines({ id, pairs }: CauseDocument, context: FindingsContext): string[] {
  const document = context.document(id);
  const [pair] = pairs;
  const [verdict] = pair?.verdicts ?? [];
  if (pair === undefined || verdict === undefined) return [];
  const { paint, columns, explainArguments } = context;
  const cited = document === undefined ? id : `${id}: ${oneLine(citationText(document))}`;
  const parts = [...new Set(pair.verdicts.map(({ experiment }) => partOf(experiment)))].join(", ");
  const others = pairs.length === 1 ? "" : ` and ${countText(pairs.length - 1, "more experiment")}`;
  return [
    wrap(cited, columns, "    "),
    `      ${parts}${others} ${paint("faint", oneLine(sourceText(verdict.source)))}`,
    `      bindcheck explain ${quotedArgument(verdict.experiment)}${explainArguments}`,
  ];
}
