import type { StepResult } from "../binder/protocol.ts";
import type { ProbeRequest } from "./probe-request.ts";

/** `setsockopt for SO_EXCLUSIVEADDRUSE failed with WSAEINVAL (10022)`. */
export function failureText(call: string, { code, errno }: StepResult): string {
  const name = code ?? "an unknown error";
  const meaning = MEANINGS[name.replace(/^WSA/, "")];
  return `${call} failed with ${name} (${errno})${meaning ? `: ${meaning}` : ""}`;
}

// What these two mean at bind: Windows Sockets Error Codes; POSIX.1-2017, bind.
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: "access denied, either by whoever holds the port or because binding it needs a privilege",
  EADDRINUSE: "the port is in use",
  EADDRNOTAVAIL: "this machine has no such address",
};

/** `bind on a TCP socket with SO_EXCLUSIVEADDRUSE succeeded: 0.0.0.0 port 5150`. */
export function successText(
  { protocol }: ProbeRequest,
  options: readonly string[],
  name: StepResult,
): string {
  const set = options.length === 0 ? "no option" : options.join(" and ");
  return `bind on a ${protocol.toUpperCase()} socket with ${set} succeeded: ${name.address} port ${name.port}`;
}

/** Said while the socket is held. */
export const HOLDING = "held until Enter or a signal";
