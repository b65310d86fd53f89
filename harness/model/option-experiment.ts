import type { Family, Protocol } from "./vocabulary.ts";

/** One socket option, asked a fixed list of questions on sockets of its own. */
export interface OptionExperiment {
  /** Made from the content by `optionExperimentId`. */
  readonly id: string;
  readonly protocol: Protocol;
  /** `ipv6` is AF_INET6 with IPV6_V6ONLY as the system makes it, `dual` has it turned off. */
  readonly family: Family;
  /** As in C: `SO_RCVBUF`. */
  readonly option: string;
}

/**
 * What an option is asked, in the order of a result's steps; new questions go to the end. Each has a socket of its own.
 * Values are set to one that fits the option's type (`harness/model/options`).
 */
export const QUESTIONS = [
  "get",
  "default",
  "type",
  "set",
  "read-back",
  "set-bound",
  "read-bound",
  "get-short",
  "set-short",
  "set-wrong",
  "set-connected",
  "inherited",
  "known",
  "read-refused",
] as const;
export type Question = (typeof QUESTIONS)[number];

/** What each question asks, for people. */
export const QUESTION_TEXTS: Readonly<Record<Question, string>> = {
  get: "getsockopt on a new socket",
  default: "the value that it gives",
  type: "the number of bytes that it gives",
  set: "setsockopt on a new socket, to a value that fits",
  "read-back": "getsockopt after that",
  "set-bound": "setsockopt on a socket that is bound",
  "read-bound": "getsockopt after that",
  "get-short": "getsockopt with room for 1 byte",
  "set-short": "setsockopt with a length of 1",
  "set-wrong":
    "setsockopt to a value that does not fit: -1, or a name or an address that is not there",
  "set-connected": "setsockopt on a connected socket",
  inherited: "set on a listener: whether a connection that it accepts has the value too",
  known: "whether either call knows the option: not ENOPROTOOPT for both",
  "read-refused": "set: getsockopt after a connection that was refused",
};

/** The stable id of an option experiment, for example `tcp/ipv4 option SO_RCVBUF`. */
export function optionExperimentId({
  protocol,
  family,
  option,
}: Omit<OptionExperiment, "id">): string {
  return `${protocol}/${family} option ${option}`;
}
