import type { Experiment } from "../model/experiment.ts";

const POSIX = ["linux", "macos", "freebsd", "openbsd"] as const;
const ALL = [...POSIX, "windows"] as const;

/** A system that programs are for. */
export type System = (typeof ALL)[number];

// Headers named in harness/binder/constants.ts; Node has its own options on every system.
const SYSTEMS_WITH: Readonly<Partial<Record<string, readonly System[]>>> = {
  SO_EXCLUSIVEADDRUSE: ["windows"],
  SO_REUSEPORT: POSIX,
};

/** The systems that have every option of an experiment. Only on POSIX systems can one process take two accounts. */
export function systemsOf(experiment: Experiment): System[] {
  const options = optionsOf(experiment);
  return ALL.filter(
    (system) =>
      options.every((option) => SYSTEMS_WITH[option]?.includes(system) ?? true) &&
      (system !== "windows" || !needsOtherAccount(experiment)),
  );
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
