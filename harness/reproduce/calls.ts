import type { OpenNodeStep, OpenStep, Step } from "../binder/protocol.ts";
import type { Endpoint } from "../model/experiment.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import { openStep, type BindAddress } from "../trial/endpoint-steps.ts";

/** One call of a program: the binder's own steps on one socket, and what the harness does between them. */
export type Call =
  | Exclude<Step, { do: Unwritten }>
  | { readonly do: "receive-end" }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "census"; readonly count: number; readonly among: readonly string[] };

/** What a program does otherwise, or not at all. */
type Unwritten =
  | "open"
  | "local-address"
  | "probe"
  | "take-all"
  | "ports-to-avoid"
  | "get-option"
  | "set-bytes"
  | "begin-connect"
  | "disconnect";

/** A step that names an address and a port. */
export type PlacedStep = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

/** The calls that carry out a step. `makes` says whether a connect has to make its socket first. */
export function callsOf(
  step: ScenarioStep,
  placeOf: (step: PlacedStep) => BindAddress,
  api: Endpoint["api"],
  makes: boolean,
): Call[] {
  switch (step.do) {
    case "open":
      return openCalls(openStep({ ...step, api }, placeOf(step), socket));
    case "bind":
      return [{ do: "bind", socket, ...named(placeOf(step)) }];
    case "connect": {
      const at = named(placeOf(step));
      const size = step["receive-buffer"];
      return [
        ...(makes ? [{ do: "socket", socket, ...at } as const] : []),
        ...(makes && size !== undefined ? [setOption("SO_RCVBUF", size)] : []),
        { do: "connect", socket, ...at },
      ];
    }
    case "accept":
      return [{ do: "accept", socket, as: socket, waitMs: 0 }];
    case "receive":
      return [{ do: "receive", socket, waitMs: 0 }];
    case "census": {
      const { count, among } = step;
      const sending = { socket, count, ...named(placeOf(step)) };
      return [
        { do: "send-many", ...sending },
        { do: "census", count, among },
      ];
    }
    case "wait":
    case "receive-end":
      return [step];
    case "join-group":
      return [{ ...step, socket, family: "ipv4" }];
    default:
      return [{ ...step, socket }];
  }
}

// The binder's numbers for sockets: programs have variables instead.
const socket = 0;

/** The calls that open a socket, in the binder's order. Programs do not read back what is in force. */
function openCalls(step: OpenStep | OpenNodeStep): Call[] {
  if (step.do === "open-node") return [step];
  const { family, protocol, address, port, v6Only, options, state } = step;
  return [
    { do: "socket", socket, family, protocol },
    ...(v6Only === undefined ? [] : [setOption("IPV6_V6ONLY", v6Only)]),
    ...options.map((option) => setOption(option, 1)),
    { do: "bind", socket, family, address, port },
    ...(state === "listening" ? [{ do: "listen", socket } as const] : []),
  ];
}

function setOption(option: string, value: number): Call {
  return { do: "set-option", socket, option, value };
}

function named({ family, ...at }: BindAddress): BindAddress & { readonly family: "ipv4" | "ipv6" } {
  return { family: family === "ipv4" ? "ipv4" : "ipv6", ...at };
}
