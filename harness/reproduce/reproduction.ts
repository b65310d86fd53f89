import type { ExpectedOutcome } from "../model/claim.ts";
import { stepLabel } from "../model/experiment-id.ts";
import type { Endpoint, Experiment } from "../model/experiment.ts";
import type { ScenarioStep } from "../model/steps.ts";
import type { BindAddress } from "../trial/endpoint-steps.ts";
import { askedQuestions } from "./asked-questions.ts";
import { callsOf, type Call, type PlacedStep } from "./calls.ts";
import { programAddress } from "./program-addresses.ts";
import { isAddressKind, type Family, type Party } from "../model/vocabulary.ts";

/** One step of the experiment as a program carries it out: its calls in order, up to the first that fails. */
export interface ProgramStep {
  /** `5 second open`; `first` and `second` for two endpoints; the question about an option. */
  readonly label: string;
  /** Whether its outcome is printed; otherwise it has to succeed. */
  readonly observe: boolean;
  readonly isOtherAccount: boolean;
  /** The name of the socket that the calls use; empty where there is none. */
  readonly socket: string;
  /** The name of the socket that it makes, where that can be refused and is needed later. */
  readonly refusable: string | null;
  /** Sockets that it needs and that may have been refused earlier: then its outcome is the same refusal. */
  readonly needs: readonly string[];
  /** No later step needs its socket: it is closed at once, so that it does not hold the port. */
  readonly closes: boolean;
  /** The name of the socket that it accepts. */
  readonly accepts: string | null;
  readonly calls: readonly Call[];
}

/** An experiment as one process can carry it out, and what is expected of one of its steps. */
export interface Reproduction {
  readonly experiment: Experiment;
  /** Every socket by its name, in the order in which they are made. */
  readonly sockets: readonly string[];
  readonly steps: readonly ProgramStep[];
  readonly ports: Ports;
  readonly expectation: Expectation | null;
}

/** The port numbers that a program uses for `same` and `other`. */
export interface Ports {
  readonly same: number;
  readonly other: number;
}

/** What the program's exit code reports. */
export interface Expectation {
  /** As it was given: `10048`. */
  readonly text: string;
  readonly allowed: readonly ExpectedOutcome[];
  /** Label of the step. */
  readonly of: string;
}

/** An experiment as steps of one process. Two endpoints are a scenario of two steps. */
export function reproductionOf(
  experiment: Experiment,
  ports: Ports,
  expectation: Expectation | null = null,
): Reproduction {
  if ("option" in experiment) {
    const steps = askedQuestions(experiment).map((label) => ({ ...QUESTION, label }));
    return { experiment, sockets: [], steps, ports, expectation };
  }
  const isPair = "first" in experiment;
  const written = isPair
    ? pairSteps(experiment.first, experiment.second)
    : experiment.scenario.steps;
  const placeOf = (step: PlacedStep): BindAddress => ({
    protocol: experiment.protocol,
    ...placeIn(step, step.family ?? experiment.family, ports),
  });
  const steps = written.map((step, index): ProgramStep => {
    const earlier = written.slice(0, index);
    const later = written.slice(index + 1);
    const isNeeded = (name: string): boolean => later.some((other) => usedBy(other).includes(name));
    const own = step.do === "wait" || step.do === "census" ? "" : step.socket;
    const isMade = step.do === "connect" && earlier.flatMap(madeBy).includes(step.socket);
    const [made] = isMade ? [] : madeBy(step);
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
      calls: callsOf(step, placeOf, api, made !== undefined),
    };
  });
  return { experiment, sockets: [...new Set(written.flatMap(madeBy))], steps, ports, expectation };
}

/** A question about an option: programs have calls of their own for each. */
const QUESTION: Omit<ProgramStep, "label"> = {
  observe: true,
  isOtherAccount: false,
  socket: "",
  accepts: null,
  refusable: null,
  needs: [],
  closes: false,
  calls: [],
};

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

function placeIn(
  { address, port }: PlacedStep,
  family: Family,
  ports: Ports,
): Omit<BindAddress, "protocol"> {
  return {
    family,
    address: isAddressKind(address) ? programAddress(family, address) : address,
    port: typeof port === "number" ? port : port === "same" || port === "other" ? ports[port] : 0,
  };
}
