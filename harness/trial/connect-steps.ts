import type { Program, StepResult } from "../binder/protocol.ts";
import type { Outcome } from "../model/observation.ts";
import { openStep, type BindAddress } from "./endpoint-steps.ts";
import { stepOutcome } from "./step-outcome.ts";
import type { AddressKind } from "../model/vocabulary.ts";

/** Where a connected endpoint's peer is bound: to the endpoint's own address, or to a specific one for a wildcard. */
export function peerAddressKind(address: AddressKind): AddressKind {
  return PEERS_OF_WILDCARDS[address] ?? address;
}

const PEERS_OF_WILDCARDS: Readonly<Partial<Record<AddressKind, AddressKind>>> = {
  wildcard: "specific",
  "mapped-wildcard": "mapped-specific",
};

/** The steps that make a peer at a place and connect an open socket to it. The connection stays in the peer's queue. */
export function connectSteps(
  socket: number,
  peer: number,
  place: BindAddress,
  system: string,
): Program {
  const { protocol, address, port } = place;
  const family = place.family === "ipv4" ? "ipv4" : "ipv6";
  const state = protocol === "tcp" ? "listening" : "bound";
  return [
    openStep({ options: [], state, api: "socket" }, place, peer, system),
    { do: "connect", socket, family, address, port },
  ];
}

/** What the results of `connectSteps` say. Without its peer there was nothing to connect to. */
export function readConnected([opened, connected]: readonly StepResult[]): Outcome {
  const peer = stepOutcome(opened, "bind");
  if (peer.kind !== "error")
    return peer.kind === "success" ? stepOutcome(connected, "connect") : peer;
  const detail = `there is no peer to connect to: ${opened?.call} ${peer.code}`;
  return { kind: "broken", reason: "setup-failed", detail };
}
