import type { StepName } from "./observation.ts";

const CALLS: Readonly<Record<string, StepName>> = {
  "set-option": "set-option",
  "set-linger": "set-option",
  "join-group": "set-option",
  listen: "listen",
  connect: "connect",
  accept: "accept",
  send: "send",
  fill: "send",
  receive: "receive",
  "receive-end": "receive",
  "shutdown-send": "shutdown",
  "shutdown-receive": "shutdown",
  close: "close",
  census: "connect",
};

/** The call that an error of a scenario's step belongs to where the text names none; opening is refused at bind. */
export function usualCall(step: string): StepName {
  return CALLS[step] ?? "bind";
}
