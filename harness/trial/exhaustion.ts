import type { Outcome } from "../model/observation.ts";

/**
 * Errors that speak of what a process or the whole system has run out of, and of no rule about ports: POSIX.1-2017
 * <errno.h>, and Winsock's names ("Windows Sockets Error Codes").
 */
const CODES: ReadonlySet<string> = new Set(
  "EMFILE ENFILE ENOBUFS ENOMEM WSAEMFILE WSAENOBUFS WSA_NOT_ENOUGH_MEMORY".split(" "),
);

/** Whether a refusal says nothing but that something has run out. */
export function isExhaustion(code: string): boolean {
  return CODES.has(code);
}

/** Then nothing was learned. */
export function exhausted(call: string, code: string): Outcome {
  return { kind: "broken", reason: "out-of-resources", detail: `${call} failed with ${code}` };
}
