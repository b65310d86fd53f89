import { didYouMean } from "../model/did-you-mean.ts";
import { ADDRESS_KINDS, FAMILIES, OPTION_NAMES, type OptionName } from "../model/vocabulary.ts";
import { showValue } from "./show-value.ts";

const SET = `(?:none|(?:${OPTION_NAMES.join("|")})(?:\\+(?:${OPTION_NAMES.join("|")}))*)`;

/** `none`, or options joined by `+` in the order in which they are set. */
export const OPTION_SET_PATTERN = new RegExp(`^${SET}$`);

/** One socket of a sequence, written as in an experiment's id: `SO_REUSEADDR@wildcard listening family=dual`. */
export const SEQUENCE_SOCKET_PATTERN = new RegExp(
  `^(?:${SET}@)?(?:${ADDRESS_KINDS.join("|")})(?: listening)?(?: family=(?:${FAMILIES.join("|")}))?$`,
);

/** The message for any other text. */
export function unknownOptions({ input }: { readonly input?: unknown }): string {
  return `unknown options ${showValue(input)} (allowed: none, ${OPTION_NAMES.join(", ")}, joined by +)${typeof input === "string" ? didYouMean(input, OPTION_NAMES) : ""}`;
}

/** The options that a text means. It matches OPTION_SET_PATTERN. */
export function parseOptionSet(text: string): OptionName[] {
  return text === "none" ? [] : (text.split("+") as OptionName[]);
}
