// The words of the case file, shared by its tables and its scenarios.

/** Socket options that a case file may name; Node's own options (`exclusive` and so on) only with `api: node`. */
const OPTIONS = [
  "SO_EXCLUSIVEADDRUSE",
  "SO_REUSEADDR",
  "SO_REUSEPORT",
  "exclusive",
  "reuseAddr",
  "reusePort",
] as const;

/** Words for addresses. */
export const ADDRESSES = [
  "wildcard",
  "specific",
  "specific2",
  "mapped-wildcard",
  "mapped-specific",
] as const;

/** Address families; `ipv6` has IPV6_V6ONLY on, `dual` has it off. */
export const FAMILIES = ["ipv4", "ipv6", "dual"] as const;

const oneOption = `(?:${OPTIONS.join("|")})`;

/** `none`, or options joined by `+` in the order in which they are set. */
export const OPTION_SET_PATTERN = new RegExp(`^(?:none|${oneOption}(?:\\+${oneOption})*)$`);

/** One socket of a sequence, written as in an experiment's id: `SO_REUSEADDR@wildcard listening family=dual`. */
export const SEQUENCE_SOCKET_PATTERN = new RegExp(
  `^(?:(?:none|${oneOption}(?:\\+${oneOption})*)@)?(?:${ADDRESSES.join("|")})(?: listening)?(?: family=(?:${FAMILIES.join("|")}))?$`,
);

/** The message for any other text. */
export function unknownOptions({ input }: { readonly input?: unknown }): string {
  return `unknown options '${String(input)}' (allowed: none, ${OPTIONS.join(", ")}, joined by +)`;
}
