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
  return [matrix.protocol].flat().flatMap((protocol) =>
    [matrix.family].flat().flatMap((family) =>
      options.flatMap((row, index) => {
        const { option } = row;
        const id = optionExperimentId({ protocol, family, option });
        const experiment: OptionExperiment = { id, protocol, family, option };
        return sayings(row).flatMap(({ question, expect }): Claim[] => {
          const allowed = parseOptionOutcome(expect, question);
          if (!allowed) return [];
          const [line, column] = places[`options/${index}/${question}`] ?? [1, 1];
          const step = QUESTIONS.indexOf(question);
          const says = `${option}: ${question} ${String(row[question])}`;
          const needs = findNeed(expect);
          return [
            {
              experiment,
              expect,
              allowed,
              ...(needs === null ? {} : { needs }),
              document,
              step,
              says,
              source: { file, line, column },
            },
          ];
        });
      }),
    ),
  );
}

interface Saying {
  readonly question: Question;
  readonly expect: string;
}

/** What a row says, question by question. */
function sayings(row: CaseOptionRow): Saying[] {
  return QUESTIONS.flatMap((question): Saying[] => {
    const said = row[question];
    return said === undefined ? [] : [{ question, expect: expectText(question, said) }];
  });
}

function expectText(question: Question, said: string | number): string {
  if (question === "type") return `value ${sizeOf(said)}`;
  return question === "default" ? `value ${said}` : String(said);
}

function sizeOf(type: string | number): number {
  return typeof type === "number" ? type : TYPE_SIZES[type as keyof typeof TYPE_SIZES];
}
