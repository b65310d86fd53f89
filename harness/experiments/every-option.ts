import { optionExperimentId, type OptionExperiment } from "../model/option-experiment.ts";
import { SOCKET_OPTIONS, optionNumber } from "../model/options/option-table.ts";
import { PROTOCOLS } from "../model/vocabulary.ts";

/** Every option of a platform, asked of every protocol over IPv4 and over IPv6. */
export function* everyOption(platform: string): Generator<OptionExperiment> {
  for (const protocol of PROTOCOLS)
    for (const family of ["ipv4", "ipv6"] as const)
      for (const known of SOCKET_OPTIONS.values()) {
        if (optionNumber(known, platform) === null) continue;
        const content = { protocol, family, option: known.name };
        yield { id: optionExperimentId(content), ...content };
      }
}
