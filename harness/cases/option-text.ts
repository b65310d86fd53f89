import { didYouMean } from "../model/did-you-mean.ts";
import * as z from "zod";
import {
  VALUE_HELP,
  isSharingOption,
  isValueOf,
  parseOptionSet,
  parseSetting,
} from "../model/options/option-setting.ts";
import { SOCKET_OPTIONS } from "../model/options/option-table.ts";
import { ADDRESS_KINDS, FAMILIES, NODE_OPTIONS, SHARING_OPTIONS } from "../model/vocabulary.ts";
import { showValue } from "./show-value.ts";

// Which names there are is checked behind this: editors see the shape alone.
const ONE = String.raw`(?:(?:SO|IP|IPV6|TCP|UDP|MCAST)_\w+|${NODE_OPTIONS.join("|")})(?:=[\w.:-]+)?`;
const SET = `(?:none|${ONE}(?:\\+${ONE})*)`;

const SEQUENCE_SOCKET = new RegExp(
  `^(?:${SET}@)?(?:${ADDRESS_KINDS.join("|")})(?: listening)?(?: family=(?:${FAMILIES.join("|")}))?$`,
);

/** An option by its name in C. */
export const optionName: z.ZodType<string, string> = z
  .string()
  .refine((name) => SOCKET_OPTIONS.has(name), {
    error: ({ input }) =>
      `unknown option ${showValue(input)} (allowed: socket options by their names in C)${didYouMean(String(input), SOCKET_OPTIONS.keys())}`,
  });

/** `none`, or options joined by `+` in the order in which they are set: `SO_REUSEADDR+SO_BINDTODEVICE=lo`. */
export const optionSet: z.ZodType<string, string> = z
  .string()
  .regex(new RegExp(`^${SET}$`), {
    error: ({ input }) =>
      `unknown options ${showValue(input)} (allowed: ${HELP})${didYouMean(String(input), [...WORDS, ...SOCKET_OPTIONS.keys()])}`,
    abort: true,
  })
  .check(z.superRefine(checkSet))
  .describe("`none`, or socket options joined by `+` in the order in which they are set");

/** The options of a socket that is bound: its family says what IPV6_V6ONLY is, and that is read back. */
export const boundOptionSet: z.ZodType<string, string> = optionSet.check(
  z.superRefine(checkBoundSet),
);

/** One socket of a sequence, written as in an experiment's id: `SO_REUSEADDR@wildcard listening family=dual`. */
export const sequenceSocket: z.ZodType<string, string> = z
  .string()
  .regex(SEQUENCE_SOCKET, {
    error: ({ input }) =>
      `${showValue(input)} is not a socket of a sequence (allowed: as in an experiment's id, such as 'SO_REUSEADDR@wildcard listening family=dual')`,
  })
  .check(
    z.superRefine((text, context) => {
      const [address = "", set] = text.split("@").toReversed();
      if (address === text || set === undefined) return;
      checkSet(set, context);
      checkBoundSet(set, context);
    }),
  );

const WORDS: readonly string[] = [...SHARING_OPTIONS, ...NODE_OPTIONS];
const HELP = `none, ${WORDS.join(", ")} and the socket options of C, one with a value as SO_BINDTODEVICE=lo, joined by +`;

function checkSet(text: string, context: z.RefinementCtx): void {
  for (const one of parseOptionSet(text)) {
    const message = findFault(one);
    if (message !== null) context.addIssue({ code: "custom", message });
  }
}

function checkBoundSet(text: string, context: z.RefinementCtx): void {
  for (const one of parseOptionSet(text))
    if (/^IPV6_V6ONLY(?:=[01])?$/.test(one))
      context.addIssue({
        code: "custom",
        message: `'${one}' is what 'family' says (write 'family: dual' for 0, 'family: ipv6' for 1)`,
      });
}

/** What is wrong with one option; null where it is right. */
function findFault(text: string): string | null {
  if (WORDS.includes(text)) return null;
  const setting = parseSetting(text);
  const [name = "", written] = text.split("=");
  if (!setting) {
    const near = didYouMean(name, [...WORDS, ...SOCKET_OPTIONS.keys()]);
    return `unknown option '${name}' (allowed: ${HELP})${near}`;
  }
  const { type } = setting.option;
  if (isSharingOption(name))
    return `'${text}' has a value (write '${name}' to turn it on, or leave it out)`;
  if (written === undefined && type !== "boolean")
    return `${name} needs a value (write '${name}=VALUE' with ${VALUE_HELP[type]})`;
  return isValueOf(type, setting.value)
    ? null
    : `'${setting.value}' does not fit ${name} (allowed: ${VALUE_HELP[type]})`;
}
