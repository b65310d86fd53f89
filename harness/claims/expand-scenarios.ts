import { parseOptionSet } from "../cases/option-text.ts";
import { parseStepOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import type { CaseScenario } from "../cases/scenario-schema.ts";
import { usualCalls } from "../model/steps.ts";
import { scenarioId } from "../model/experiment-id.ts";
import type { Scenario, ScenarioStep } from "../model/scenario.ts";
import type { Claim, Document } from "../model/claim.ts";
import { writtenSequences, type WrittenScenario } from "./written-sequences.ts";

/** The claims of a document's scenarios and sequences: matrix times steps that say what to expect. */
export function expandScenarios(
  file: string,
  { content, places }: ReadDocument,
  document: Document,
): Claim[] {
  const { matrix, scenarios = [], sequences } = content;
  const written: WrittenScenario[] = [
    ...scenarios.map((scenario, index) => ({
      ...scenario,
      placeOf: (step: number) => `scenarios/${index}/steps/${step}/expect`,
    })),
    ...(sequences ? writtenSequences(sequences) : []),
  ];
  return [matrix.protocol].flat().flatMap((protocol) =>
    [matrix.family].flat().flatMap((family) =>
      written.flatMap(({ name, says, steps, placeOf }) => {
        const scenario = { name, steps: steps.map(withoutExpectation) };
        const id = scenarioId({ protocol, family, scenario });
        const experiment: Scenario = { id, protocol, family, scenario };
        // Where nothing is determined the claims judge nothing, but it is observed.
        const isJudged = steps.some((step) => saysOutcome(step));
        return steps.flatMap((step, index): Claim[] => {
          if (step.do === "wait" || step.expect === undefined) return [];
          const expect = String(step.expect);
          const allowed = parseStepOutcomeText(expect, usualCalls(step.do)) ?? [];
          if (allowed.length === 0 && isJudged) return [];
          const [line, column] = places[placeOf(index)] ?? [1, 1];
          const source = { file, line, column };
          return [{ experiment, expect, allowed, document, step: index, says, source }];
        });
      }),
    ),
  );
}

function saysOutcome(step: CaseScenario["steps"][number]): boolean {
  return step.do !== "wait" && step.expect !== undefined && step.expect !== "undetermined";
}

/** A step as it is measured: what is expected stays behind, only that it is looked at goes on. */
function withoutExpectation(step: CaseScenario["steps"][number]): ScenarioStep {
  if (step.do === "wait") return { ...step, observe: false };
  const { expect, ...rest } = step;
  const observe = expect !== undefined;
  if (rest.do !== "open") return { ...rest, observe };
  const options = parseOptionSet(rest.options);
  return { ...rest, options, observe };
}
