import { parseSetting } from "../model/options/option-setting.ts";
import { optionNumber } from "../model/options/option-table.ts";
import type { Experiment } from "../model/experiment.ts";

const ALL = ["linux", "macos", "freebsd", "openbsd", "windows"] as const;

/** A system that programs are for. */
export type System = (typeof ALL)[number];

/** The systems that have every option of an experiment. Only on POSIX systems can one process take two accounts. */
export function systemsOf(experiment: Experiment): System[] {
  const options = optionsOf(experiment);
  return ALL.filter(
    (system) =>
      options.every((option) => hasOption(system, option)) &&
      (system !== "windows" || !needsOtherAccount(experiment)),
  );
}

/** Node has its own options on every system. */
function hasOption(system: System, text: string): boolean {
  const setting = parseSetting(text);
  return setting === null || optionNumber(setting.option, system) !== null;
}

/** Whether one of the sockets belongs to another account. */
export function needsOtherAccount(experiment: Experiment): boolean {
  if ("scenario" in experiment) return experiment.scenario.steps.some(({ by }) => by === "other");
  return "second" in experiment && experiment.second.account === "other";
}

function optionsOf(experiment: Experiment): readonly string[] {
  if ("option" in experiment) return [experiment.option];
  if ("first" in experiment) return [...experiment.first.options, ...experiment.second.options];
  return experiment.scenario.steps.flatMap((step): readonly string[] =>
    step.do === "open" ? step.options : step.do === "set-option" ? [step.option] : [],
  );
}
