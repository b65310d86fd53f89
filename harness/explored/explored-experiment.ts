import { everyOption } from "../experiments/every-option.ts";
import { everyPair, systemsApart } from "../experiments/every-pair.ts";
import type { Experiment } from "../model/experiment.ts";
import { isSharingOption, parseOptionSet } from "../model/options/option-setting.ts";
import { OWN_SYSTEMS, type OptionText } from "../model/vocabulary.ts";
import { findWithProblem } from "./parse-with.ts";

/** An experiment that an exploration of some system has, and which. */
export interface ExploredExperiment {
  readonly experiment: Experiment;
  /** Options of `bindcheck explore` without which it is not there. */
  readonly needs: readonly string[];
}

/** The experiment of an id that an exploration of some system has, whether a document speaks of it or not; else null. */
export async function exploredExperiment(id: string): Promise<ExploredExperiment | null> {
  const isPair = id.includes(" > ");
  const more = isPair ? otherOptions(id) : [];
  if (more.length > 0 && (await findWithProblem(more)) !== null) return null;
  const needs = isPair ? more.map((text) => `--with ${text}`) : ["--options"];
  for (const platform of isPair ? systemsApart(more) : OWN_SYSTEMS)
    for (const experiment of isPair ? everyPair(platform, more) : everyOption(platform))
      if (experiment.id === id) return { experiment, needs };
  return null;
}

/** The options of both endpoints that do not say who may share a port, in order. */
function otherOptions(id: string): OptionText[] {
  const sets = [...id.matchAll(/(\S+)@/g)].flatMap(([, set = ""]) => parseOptionSet(set));
  return [...new Set(sets)].filter((text) => !isSharingOption(text)).toSorted();
}
