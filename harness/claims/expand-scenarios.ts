import { parseStepOutcomeText } from "../cases/outcome-text.ts";
import type { ReadDocument } from "../cases/read.ts";
import type { CaseScenario } from "../cases/scenario-schema.ts";
import { scenarioId } from "../experiments/experiment-id.ts";
import type { OptionName } from "../experiments/experiment.ts";
import type { Scenario, ScenarioStep } from "../experiments/scenario.ts";
import type { StepName } from "../observations/observation.ts";
import type { Claim, Document } from "./claim.ts";

/** The claims of a document's scenarios: matrix times steps that say what to expect. */
export function expandScenarios(
  file: string,
  { content, places }: ReadDocument,
  document: Document,
): Claim[] {
  const { matrix, scenarios = [] } = content;
  return list(matrix.protocol).flatMap((protocol) =>
    list(matrix.family).flatMap((family) =>
      scenarios.flatMap((written, index) => {
        const scenario = { name: written.name, steps: written.steps.map(withoutExpectation) };
        const id = scenarioId({ protocol, family, scenario });
        const experiment: Scenario = { id, protocol, family, scenario };
        return written.steps.flatMap((step, stepIndex): Claim[] => {
          if (step.do === "wait" || step.expect === undefined) return [];
          const expect = String(step.expect);
          const allowed = parseStepOutcomeText(expect, CALLS[step.do] ?? "bind");
          if (!allowed) return [];
          const [line, column] = places[`scenarios/${index}/steps/${stepIndex}/expect`] ?? [1, 1];
          const source = { file, line, column };
          return [{ experiment, expect, allowed, document, step: stepIndex, source }];
        });
      }),
    ),
  );
}

/** The call that an error of a step belongs to; `open` is refused at bind unless the text says otherwise. */
const CALLS: Readonly<Partial<Record<CaseScenario["steps"][number]["do"], StepName>>> = {
  "set-option": "set-option",
  "set-linger": "set-option",
  "join-group": "set-option",
  listen: "listen",
  connect: "connect",
  accept: "accept",
  send: "send",
  fill: "send",
  receive: "receive",
  "receive-end": "receive",
  "shutdown-send": "shutdown",
  close: "close",
};

/** A step as it is measured: what is expected stays behind, only that it is looked at goes on. */
function withoutExpectation(step: CaseScenario["steps"][number]): ScenarioStep {
  if (step.do === "wait") return { ...step, observe: false };
  const { expect, ...rest } = step;
  const observe = expect !== undefined;
  if (rest.do !== "open") return { ...rest, observe };
  const options = rest.options === "none" ? [] : (rest.options.split("+") as OptionName[]);
  return { ...rest, options, observe };
}

function list<Item>(value: Item | Item[]): Item[] {
  return Array.isArray(value) ? value : [value];
}
