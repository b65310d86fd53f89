import { didYouMean } from "../model/did-you-mean.ts";
import { parseShard } from "../claims/select.ts";
import { InputError } from "../model/problem.ts";
import type { Selection } from "../model/selection.ts";
import { FAMILIES, PROTOCOLS } from "../model/vocabulary.ts";

/** The selection itself, once its words are known to be right. Throws InputError. */
export function checkedSelection(selection: Selection): Selection {
  if (selection.shard !== null) parseShard(selection.shard);
  refuseUnknown("--protocol", selection.protocol, PROTOCOLS);
  refuseUnknown("--family", selection.family, FAMILIES);
  return selection;
}

function refuseUnknown(name: string, values: readonly string[], allowed: readonly string[]): void {
  for (const value of values)
    if (!allowed.includes(value))
      throw new InputError([
        `${name}: '${value}' is unknown (allowed: ${allowed.join(", ")})${didYouMean(value, allowed)}`,
      ]);
}
