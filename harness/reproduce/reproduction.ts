import type { OpenNodeStep, OpenStep, Step } from "../binder/protocol.ts";
import type { ExpectedOutcome } from "../model/claim.ts";
import { isAddressKind } from "../experiments/addresses.ts";
import { stepLabel } from "../model/experiment-id.ts";
import type { Endpoint, Experiment, Family } from "../model/experiment.ts";
import type { Party, ScenarioStep } from "../model/scenario.ts";
import { openStep, type Place } from "../trial/endpoint-steps.ts";
import { programAddress } from "./program-addresses.ts";

/** What a program does: the binder's own steps on one socket, and what the harness does between them. */
export type Call =
  | Exclude<Step, { do: "open" | "local-address" | "probe" | "take-all" }>
  | { readonly do: "receive-end" }
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "census"; readonly count: number; readonly among: readonly string[] };

/** One step of the experiment as a program carries it out: calls up to and with the first that fails. */
export interface Act {
  /** `5 second open`; of two endpoints `first` and `second`. */
  readonly label: string;
  /** Whether its outcome is printed; else it has to go well. */
  readonly observe: boolean;
  readonly isOtherAccount: boolean;
  /** The name of the socket that the calls work on; empty where there is none. */
  readonly socket: string;
  /** The name of the socket that it makes, where that can be refused and is needed later. */
  readonly refusable: string | null;
  /** Sockets that it needs and that may have been refused earlier: then it comes to the same refusal. */
  readonly needs: readonly string[];
  /** Nothing needs its socket any more: it is closed at once, so that it stands in nobody's way. */
  readonly closes: boolean;
  /** The name of the socket that it accepts. */
  readonly accepts: string | null;
  readonly calls: readonly Call[];
}

/** An experiment as one process can carry it out, and what is expected of one of its acts. */
export interface Reproduction {
  readonly experiment: Experiment;
  /** Every socket by its name, in the order in which they are made. */
  readonly sockets: readonly string[];
  readonly acts: readonly Act[];
  readonly ports: { readonly same: number; readonly other: number };
  readonly expectation: Expectation | null;
}

/** What the program's exit code tells. */
export interface Expectation {
  /** As it was given: `10048`. */
  readonly text: string;
  readonly allowed: readonly ExpectedOutcome[];
  /** Label of the act. */
  readonly of: string;
}

/** An experiment as acts of one process. Two endpoints are a scenario of two steps. */
export function reproductionOf(
  experiment: Experiment,
  ports: Reproduction["ports"],
  expectation: Expectation | null = null,
): Reproduction {
  const isPair = !("scenario" in experiment);
  const steps = isPair ? pairSteps(experiment.first, experiment.second) : experiment.scenario.steps;
  const { family } = experiment;
  const sockets = [...new Set(steps.flatMap(madeBy))];
  const acts = steps.map((step, index): Act => {
    const place = (at: PlacedStep): Place => ({
      protocol: experiment.protocol,
      ...placeOf(at, at.family ?? family, ports),
    });
    const earlier = steps.slice(0, index);
    const later = steps.slice(index + 1);
    const isNeeded = (name: string): boolean => later.some((other) => usedBy(other).includes(name));
    const own = step.do === "wait" || step.do === "census" ? "" : step.socket;
    const isThere = step.do === "connect" && earlier.flatMap(madeBy).includes(step.socket);
    const [made] = isThere ? [] : madeBy(step);
    const refused = earlier.filter(({ observe }) => observe).flatMap(madeBy);
    const api = isPair ? experiment[index === 0 ? "first" : "second"].api : "socket";
    return {
      label: isPair ? step.by.replace("other", "second") : stepLabel(step, index),
      observe: step.observe,
      isOtherAccount: step.by === "other",
      socket: own,
      accepts: step.do === "accept" ? step.as : null,
      refusable: made !== undefined && step.observe && isNeeded(made) ? made : null,
      needs: step.do === "open" ? [] : usedBy(step).filter((name) => refused.includes(name)),
      closes: step.do === "open" && !step.keep && !isNeeded(own),
      calls: callsOf(step, place, api, made !== undefined),
    };
  });
  return { experiment, sockets, acts, ports, expectation };
}

type PlacedStep = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

function pairSteps(first: Endpoint, second: Endpoint): ScenarioStep[] {
  const open = (by: Party, { options, state, address, port, family }: Endpoint): ScenarioStep => ({
    do: "open",
    by,
    observe: by !== "first",
    socket: by === "first" ? "first" : "second",
    options,
    // Connected ones are refused before anything is printed.
    state: state === "connected" ? "bound" : state,
    keep: true,
    address,
    port: port ?? "same",
    family,
  });
  return [open("first", first), open(second.account === "other" ? "other" : "second", second)];
}

function madeBy(step: ScenarioStep): string[] {
  if (step.do === "accept") return [step.as];
  return step.do === "open" || step.do === "connect" ? [step.socket] : [];
}

function usedBy(step: ScenarioStep): readonly string[] {
  if (step.do === "census") return step.among;
  return step.do === "wait" ? [] : [step.socket];
}

function placeOf(
  { address, port }: PlacedStep,
  family: Family,
  ports: Reproduction["ports"],
): Omit<Place, "protocol"> {
  return {
    family,
    address: isAddressKind(address) ? programAddress(family, address) : address,
    port: typeof port === "number" ? port : ports[port],
  };
}

// The programs have variables for their sockets.
const socket = 0;

function callsOf(
  step: ScenarioStep,
  placeOfStep: (at: PlacedStep) => Place,
  api: Endpoint["api"],
  makes: boolean,
): Call[] {
  switch (step.do) {
    case "open":
      return openCalls(openStep({ ...step, api }, placeOfStep(step), socket));
    case "bind":
      return [{ do: "bind", socket, ...named(placeOfStep(step)) }];
    case "connect": {
      const at = named(placeOfStep(step));
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
      const sending = { socket, count, ...named(placeOfStep(step)) };
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

/** The calls of opening, in the order in which a binder makes them; what it reads back is evidence, which no program needs. */
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

function named({ family, ...at }: Place): Place & { readonly family: "ipv4" | "ipv6" } {
  return { family: family === "ipv4" ? "ipv4" : "ipv6", ...at };
}
