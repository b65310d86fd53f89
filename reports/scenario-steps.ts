import type { Experiment } from "../harness/experiments/experiment.ts";

/** What a scenario does, a step a line: `5 second open, socket next, address specific`; empty for a pair of endpoints. */
export function scenarioStepTexts(experiment: Experiment): string[] {
  if (!("scenario" in experiment)) return [];
  return experiment.scenario.steps.map(({ by, do: what, observe: _, ...details }, index) =>
    [`${index + 1} ${by} ${what}`, ...Object.entries(details).map(detailText)].join(", "),
  );
}

function detailText([name, value]: [string, unknown]): string {
  const text = Array.isArray(value) ? value.join("+") || "none" : String(value);
  return `${name} ${text}`;
}
