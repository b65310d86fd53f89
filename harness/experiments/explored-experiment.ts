import type { Experiment } from "../model/experiment.ts";
import { PLATFORMS, implementsOf } from "../model/vocabulary.ts";
import { everyOption } from "./every-option.ts";
import { everyPair } from "./every-pair.ts";

/** The experiment of an id that an exploration of some system has, whether a document speaks of it or not; else null. */
export function exploredExperiment(id: string): Experiment | null {
  for (const platform of SYSTEMS)
    for (const experiment of id.includes(" > ") ? everyPair(platform) : everyOption(platform))
      if (experiment.id === id) return experiment;
  return null;
}

// The others explore what these do.
const SYSTEMS = PLATFORMS.filter((platform) => implementsOf(platform) === platform);
