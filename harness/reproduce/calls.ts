import type { Step } from "../binder/protocol.ts";
import type { Endpoint } from "../model/experiment.ts";
import { parseSetting } from "../model/options/option-setting.ts";
import type { ScenarioStep } from "../model/steps.ts";
import { openStep, type BindAddress } from "../trial/endpoint-steps.ts";

/** One call of a program: the binder's own steps on one socket, and what the harness does between them. */
export type Call =
  | Exclude<Step, { do: Unwritten }>
  | { readonly do: "receive-end" }
  /** A step that programs do not have. */
  | { readonly do: "unwritten"; readonly step: string }
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
  | "disconnect"
  | "set-group";

/** A step that names an address and a port. */
export type PlacedStep = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

/** The calls that carry out a step. `makes` says whether a connect has to make its socket first. */
export function callsOf(
  step: ScenarioStep,
  placeOf: (step: PlacedStep) => BindAddress,
  api: Endpoint["api"],
  makes: boolean,
): Call[] {
  if ("port" in step && typeof step.port === "object")
    return [{ do: "unwritten", step: "port: { of: SOCKET }" }];
  switch (step.do) {
    case "open":
      return openCalls(step, api, placeOf(step));
    case "bind":
      return [{ do: "bind", socket, ...named(placeOf(step)) }];
    case "connect": {
      const at = named(placeOf(step));
      const size = step["receive-buffer"];
      return [
        ...(makes ? [{ do: "socket", socket, ...at } as const] : []),
        ...(step.options ?? []).map((text) => settingCall(text)),
        ...(makes && size !== undefined ? [setOption("SO_RCVBUF", size)] : []),
        { do: "connect", socket, ...at },
      ];
    }
    case "accept":
      return [{ do: "accept", socket, as: socket, waitMs: 0 }];
    case "receive":
      return [{ do: "receive", socket, waitMs: 0 }];
    case "census": {
      const { count, among, options = [] } = step;
      if (options.length > 0) return [{ do: "unwritten", step: "census with options" }];
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
      return step.group.includes(":")
        ? [{ do: "unwritten", step: "join-group of IPv6" }]
        : [{ ...step, do: "join-group", socket, family: "ipv4" }];
    case "set-option":
      return [settingCall(`${step.option}=${step.value}`)];
    case "get-option":
    case "local-address":
    case "disconnect":
    case "leave-group":
    case "join-source-group":
    case "leave-source-group":
    case "block-source":
    case "unblock-source":
      return [{ do: "unwritten", step: step.do }];
    default:
      return [{ ...step, socket }];
  }
}

// The binder's numbers for sockets: programs have variables instead.
const socket = 0;

/** The calls that open a socket, in the binder's order. Programs do not read back what is in force. */
function openCalls(
  { options, state }: Extract<ScenarioStep, { do: "open" }>,
  api: Endpoint["api"],
  place: BindAddress,
): Call[] {
  const step = openStep({ options: [], state, api }, place, socket, "");
  if (step.do === "open-node") return [{ ...step, options }];
  const { family, protocol, address, port, v6Only } = step;
  return [
    { do: "socket", socket, family, protocol },
    ...(v6Only === undefined ? [] : [setOption("IPV6_V6ONLY", v6Only)]),
    ...options.map((text) => settingCall(text)),
    { do: "bind", socket, family, address, port },
    ...(state === "listening" ? [{ do: "listen", socket } as const] : []),
  ];
}

/** Sets an option that takes a number. */
function settingCall(text: string): Call {
  const setting = parseSetting(text);
  if (!setting) return setOption(text, 1);
  const { option, value } = setting;
  if (option.type !== "boolean" && option.type !== "int")
    return { do: "unwritten", step: `set ${option.name}` };
  return setOption(option.name, Number(value));
}

function setOption(option: string, value: number): Call {
  return { do: "set-option", socket, option, value };
}

function named({ family, ...at }: BindAddress): BindAddress & { readonly family: "ipv4" | "ipv6" } {
  return { family: family === "ipv4" ? "ipv4" : "ipv6", ...at };
}
