import { parseOptionSet } from "../model/options/option-setting.ts";
import { parseStepOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/read-document.ts";
import type { CaseScenario } from "../cases/scenario-schema.ts";
import { usualCalls, type ScenarioStep } from "../model/steps.ts";
import { scenarioId } from "../model/experiment-id.ts";
import type { Scenario } from "../model/scenario.ts";
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
  const read = written.map((scenario) => readScenario(file, places, scenario));
  return [matrix.protocol].flat().flatMap((protocol) =>
    [matrix.family].flat().flatMap((family) =>
      read.flatMap(({ scenario, says, sayings }) => {
        const id = scenarioId({ protocol, family, scenario });
        const experiment: Scenario = { id, protocol, family, scenario };
        return sayings.map((saying) => ({ experiment, ...saying, document, says }));
      }),
    ),
  );
}

/** A scenario as it is measured, and what it says of its steps: the same for every protocol and family. */
function readScenario(
  file: string,
  places: ReadDocument["places"],
  { name, says, steps, placeOf }: WrittenScenario,
) {
  const scenario = { name, steps: steps.map(withoutExpectation) };
  // Where nothing is determined the claims judge nothing, but it is observed.
  const isJudged = steps.some((step) => saysOutcome(step));
  const sayings = steps.flatMap((step, index) => {
    if (step.do === "wait" || step.expect === undefined) return [];
    const expect = String(step.expect);
    const allowed = parseStepOutcomeText(expect, usualCalls(step.do)) ?? [];
    if (allowed.length === 0 && isJudged) return [];
    const [line, column] = places[placeOf(index)] ?? [1, 1];
    return [{ expect, allowed, step: index, source: { file, line, column } }];
  });
  return { scenario, says, sayings };
}

function saysOutcome(step: CaseScenario["steps"][number]): boolean {
  return step.do !== "wait" && step.expect !== undefined && step.expect !== "undetermined";
}

/** A step as it is measured: what is expected stays behind, only that it is looked at goes on. */
function withoutExpectation(step: CaseScenario["steps"][number]): ScenarioStep {
  if (step.do === "wait") return { ...step, observe: false };
  const { expect, ...rest } = step;
  const observe = expect !== undefined;
  if (!("options" in rest)) return { ...rest, observe } as ScenarioStep;
  const options = parseOptionSet(rest.options ?? "none");
  return { ...rest, options, observe };
}
