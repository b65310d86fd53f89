import type { Experiment } from "../model/experiment.ts";
import { isSharingOption, parseOptionSet } from "../model/options/option-setting.ts";
import { PLATFORMS, implementsOf, type OptionText } from "../model/vocabulary.ts";
import { everyOption } from "./every-option.ts";
import { MOST_WITH, everyPair } from "./every-pair.ts";

/** The experiment of an id that an exploration of some system has, whether a document speaks of it or not; else null. */
export function exploredExperiment(id: string): Experiment | null {
  const isPair = id.includes(" > ");
  const more = isPair ? otherOptions(id) : [];
  if (more.length > MOST_WITH) return null;
  for (const platform of SYSTEMS)
    for (const experiment of isPair ? everyPair(platform, more) : everyOption(platform))
      if (experiment.id === id) return experiment;
  return null;
}

/** The options of both endpoints that do not say who may share a port, in order. */
function otherOptions(id: string): OptionText[] {
  const sets = [...id.matchAll(/(\S+)@/g)].flatMap(([, set = ""]) => parseOptionSet(set));
  return [...new Set(sets)].filter((text) => !isSharingOption(text)).toSorted();
}

// The others explore what these do.
const SYSTEMS = PLATFORMS.filter((platform) => implementsOf(platform) === platform);
