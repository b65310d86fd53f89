import type { Step } from "../binder/protocol.ts";
import type { ExpectedOutcome } from "../claims/claim.ts";
import { isAddressKind } from "../experiments/addresses.ts";
import { stepLabel } from "../experiments/experiment-id.ts";
import type { Endpoint, Experiment, Family, Protocol } from "../experiments/experiment.ts";
import type { Party, ScenarioStep } from "../experiments/scenario.ts";
import { endpointSteps } from "../pair/endpoint-steps.ts";
import { programAddress } from "./program-addresses.ts";

/** What a program does: the binder's own steps on one socket, and what the harness does between them. */
export type Call =
  | Exclude<Step, { do: "get-option" | "local-address" | "probe" | "take-all" }>
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
    const place = (at: PlacedStep): Place => placeOf(at, at.family ?? family, ports);
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
      calls: callsOf(step, experiment.protocol, place, api, made !== undefined),
    };
  });
  return { experiment, sockets, acts, ports, expectation };
}

type PlacedStep = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;
type Place = Omit<Parameters<typeof endpointSteps>[1], "protocol">;

function pairSteps(first: Endpoint, second: Endpoint): ScenarioStep[] {
  const open = (by: Party, { options, state, address, port, family }: Endpoint): ScenarioStep => ({
    do: "open",
    by,
    observe: by !== "first",
    socket: by === "first" ? "first" : "second",
    options,
    state,
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
): Place {
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
  protocol: Protocol,
  placeOfStep: (at: PlacedStep) => Place,
  api: Endpoint["api"],
  makes: boolean,
): Call[] {
  switch (step.do) {
    case "open": {
      const endpoint = { options: step.options, state: step.state, api };
      const steps = endpointSteps(endpoint, { protocol, ...placeOfStep(step) }, socket, []);
      return steps.filter(isCall);
    }
    case "bind":
      return [{ do: "bind", socket, ...named(placeOfStep(step)) }];
    case "connect": {
      const at = named(placeOfStep(step));
      const size = step["receive-buffer"];
      return [
        ...(makes ? [{ do: "socket", socket, family: at.family, protocol } as const] : []),
        ...(makes && size !== undefined
          ? [{ do: "set-option", socket, option: "SO_RCVBUF", value: size } as const]
          : []),
        { do: "connect", socket, ...at },
      ];
    }
    case "accept":
      return [{ do: "accept", socket, as: socket, waitMs: 0 }];
    case "receive":
      return [{ do: "receive", socket, waitMs: 0 }];
    case "census": {
      const { count, among } = step;
      const sending = { socket, count, protocol, ...named(placeOfStep(step)) };
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

/** What a binder reads back is evidence, which no program needs. */
function isCall(step: Step): step is Step & Call {
  return step.do !== "get-option" && step.do !== "local-address";
}

function named({ family, ...at }: Place): {
  family: "ipv4" | "ipv6";
  address: string;
  port: number;
} {
  return { family: family === "ipv4" ? "ipv4" : "ipv6", ...at };
}
