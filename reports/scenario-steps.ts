import type { Experiment } from "../harness/model/experiment.ts";

/** What a scenario does, a step a line: `5 second open, socket next, address specific`; empty for a pair of endpoints. */
export function scenarioStepTexts(experiment: Experiment): string[] {
  if (!("scenario" in experiment)) return [];
  return experiment.scenario.steps.map((step, index) => {
    const details = Object.entries(step).filter(([name]) => !IN_FRONT.includes(name));
    return [`${index + 1} ${step.by} ${step.do}`, ...details.map(detailText)].join(", ");
  });
}

const IN_FRONT = ["by", "do", "observe"];

function detailText([name, value]: [string, unknown]): string {
  const text = Array.isArray(value) ? value.join("+") || "none" : String(value);
  return `${name} ${text}`;
}
