import { findNeed, parseOptionOutcome, TYPE_SIZES } from "../cases/option-outcome.ts";
import type { CaseOptionRow } from "../cases/option-schema.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import type { Claim, Document } from "../model/claim.ts";
import {
  QUESTIONS,
  optionExperimentId,
  type OptionExperiment,
  type Question,
} from "../model/option-experiment.ts";

/** The claims of a document's tables of options: matrix times rows times what each row says. */
export function expandOptions(
  file: string,
  { content, places }: ReadDocument,
  document: Document,
): Claim[] {
  const { matrix, options = [] } = content;
  const rows = options.map((row, index) => {
    const placeOf = (question: Question): readonly [number, number] =>
      places[`options/${index}/${question}`] ?? [1, 1];
    return { option: row.option, sayings: sayings(row, file, placeOf) };
  });
  return [matrix.protocol].flat().flatMap((protocol) =>
    [matrix.family].flat().flatMap((family) =>
      rows.flatMap(({ option, sayings: own }) => {
        const id = optionExperimentId({ protocol, family, option });
        const experiment: OptionExperiment = { id, protocol, family, option };
        return own.map((saying): Claim => ({ experiment, ...saying, document }));
      }),
    ),
  );
}

/** What a row says, question by question: the same for every protocol and family. */
function sayings(
  row: CaseOptionRow,
  file: string,
  placeOf: (question: Question) => readonly [number, number],
): Omit<Claim, "experiment" | "document">[] {
  return QUESTIONS.flatMap((question, step) => {
    const said = row[question];
    if (said === undefined) return [];
    const expect = expectText(question, said);
    const allowed = parseOptionOutcome(expect, question);
    if (!allowed) return [];
    const [line, column] = placeOf(question);
    const says = `${row.option}: ${question} ${String(said)}`;
    const needs = findNeed(expect);
    return [
      {
        expect,
        allowed,
        ...(needs === null ? {} : { needs }),
        step,
        says,
        source: { file, line, column },
      },
    ];
  });
}

function expectText(question: Question, said: string | number): string {
  if (question === "type") return `value ${sizeOf(said)}`;
  return question === "default" ? `value ${said}` : String(said);
}

function sizeOf(type: string | number): number {
  return typeof type === "number" ? type : TYPE_SIZES[type as keyof typeof TYPE_SIZES];
}
