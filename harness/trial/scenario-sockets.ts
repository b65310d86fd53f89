import type { Program, Step, StepResult } from "../binder/protocol.ts";
import { LOOPBACK_BROADCAST, isIpv6Text, isOnlyBound } from "../model/address.ts";
import type { ScenarioStep } from "../model/steps.ts";
import type { Outcome } from "../model/observation.ts";
import type { BinderProcess } from "../binder-client/binder-process.ts";
import { probeStep, type BindAddress } from "./endpoint-steps.ts";
import type { Binders, ScenarioTrial, TrialResult } from "./trial.ts";
import { readProbe } from "./read-probe.ts";
import { stepOutcome } from "./step-outcome.ts";
import { addressFamily, isAddressKind, type Family, type Party } from "../model/vocabulary.ts";

/** A socket of a scenario: the party whose binder has it, its number there, and its family. */
interface OwnedSocket {
  readonly by: Party;
  readonly socket: number;
  readonly family: Family;
}

/** The sockets of one scenario by name, and the processes that they belong to. */
export interface ScenarioSockets {
  readonly trial: ScenarioTrial;
  readonly binders: Binders;
  /** Has a party carry a program out. Throws BinderLost. */
  ask(by: Party, program: Program): Promise<readonly StepResult[]>;
  /** A socket by its name in the scenario. */
  ownerOf(name: string): OwnedSocket;
  has(name: string): boolean;
  /** Why this socket could not be opened; null when it could. */
  refusalOf(name: string): Outcome | null;
  /** Notes that a socket was refused: every later step on it has the same outcome. */
  refuse(name: string, outcome: Outcome): void;
  /** Numbers for new sockets of a party; whatever is still open under them is closed in the end. */
  reserve(by: Party, count?: number): number;
  /** Gives a reserved socket its name. */
  name(name: string, owned: OwnedSocket): void;
  /** Where a step that has an address and a port happens; broken where the port cannot be read. Throws BinderLost. */
  bindAddressOf(step: StepWithAddress): Promise<BindAddress | Broken>;
  /** Why nothing can be tried on a port that the scenario needs; null when all are free. */
  probe(): Promise<TrialResult | null>;
  /** Closes whatever is still open. Throws BinderLost: sockets of a lost binder may have gone before a later step. */
  clear(): Promise<void>;
}

type Broken = Extract<Outcome, { kind: "broken" }>;

/** The steps that say an address and a port. */
type StepWithAddress = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

export function createScenarioSockets(trial: ScenarioTrial, binders: Binders): ScenarioSockets {
  const { experiment, addresses } = trial;
  const names = new Map<string, OwnedSocket>();
  const refusals = new Map<string, Outcome>();
  const reserved: Record<Party, Set<number>> = {
    first: new Set(),
    second: new Set(),
    peer: new Set(),
    other: new Set(),
  };

  const askAll = async (by: Party, programs: readonly Program[]) => {
    const binder = binderOf(by, binders);
    await binder.hello;
    const results = await binder.ask(programs, binders.timeoutMs);
    for (const socket of closedBy(programs, results)) reserved[by].delete(socket);
    return results;
  };
  const addressOf = (step: StepWithAddress, family: Family): string => {
    const { address } = step;
    const found = isAddressKind(address) ? addresses[addressFamily(family)][address] : address;
    if (found === null) throw new Error(`${experiment.id}: the target has no ${address}`);
    return found;
  };
  const ask = async (by: Party, program: Program) => (await askAll(by, [program]))[0] ?? [];
  const ownerOf = (name: string): OwnedSocket => {
    const found = names.get(name);
    if (!found) throw new Error(`${experiment.id}: there is no socket ${name}`);
    return found;
  };
  const portOf = async (name: string): Promise<number | Broken> => {
    const { by, socket } = ownerOf(name);
    const [result] = await ask(by, [{ do: "local-address", socket }]);
    const outcome = stepOutcome(result, "local-address");
    if (outcome.kind === "broken") return outcome;
    if (outcome.kind === "error")
      return broken("setup-failed", `the port of '${name}' cannot be read: ${outcome.code}`);
    return result?.port ?? broken("binder-babbled", `no port of '${name}'`);
  };
  const placeAt = (step: StepWithAddress, port: number): BindAddress => {
    const family = step.family ?? experiment.family;
    const protocol = step.protocol ?? experiment.protocol;
    return { protocol, family, address: addressOf(step, family), port };
  };
  const ports = { same: () => trial.port, other: trial.otherPort, auto: () => 0 };
  return {
    trial,
    binders,
    ask,
    ownerOf,
    has: (name) => names.has(name),
    refusalOf: (name) => refusals.get(name) ?? null,
    refuse: (name, outcome) => void refusals.set(name, outcome),
    reserve(by, count = 1) {
      const numbers = Array.from({ length: count }, () => binders.pair.nextSocket());
      for (const number of numbers) reserved[by].add(number);
      return numbers[0] ?? 0;
    },
    name: (name, owned) => void names.set(name, owned),
    async bindAddressOf(step) {
      const { port } = step;
      if (typeof port === "string") return placeAt(step, ports[port]());
      const found = typeof port === "number" ? port : await portOf(port.of);
      return typeof found === "number" ? placeAt(step, found) : found;
    },
    async probe() {
      const probed = experiment.scenario.steps.flatMap((step) => {
        if (step.do !== "open" || step.port === "auto" || typeof step.port === "object") return [];
        const place = placeAt(step, typeof step.port === "number" ? step.port : ports[step.port]());
        const { wildcard } = addresses[addressFamily(place.family)];
        const anywhere = { ...place, address: wildcard ?? place.address };
        return mayBeRefused(place) ? [anywhere] : [place, anywhere];
      });
      const distinct = [...new Map(probed.map((at) => [JSON.stringify(at), at])).values()];
      const results = await askAll(
        "first",
        distinct.map((place): Program => [probeStep(place)]),
      );
      const obstacles = distinct.map(({ port }, index) => readProbe(results[index]?.[0], port));
      return obstacles.find((obstacle) => obstacle !== null) ?? null;
    },
    async clear() {
      for (const by of ["peer", "other", "second", "first"] as const) {
        const closing = [...reserved[by]].map((socket): [Step] => [{ do: "close", socket }]);
        if (closing.length > 0) await askAll(by, closing); // one that never opened has no socket to close
      }
    },
  };
}

/** Whether a free port does not mean that an address can be bound. */
function mayBeRefused({ address, family }: BindAddress): boolean {
  const isOfFamily = isIpv6Text(address) === (family !== "ipv4");
  return !isOfFamily || isOnlyBound(address) || address === LOOPBACK_BROADCAST;
}

/** The sockets that the programs closed, as the results say. */
function* closedBy(
  programs: readonly Program[],
  results: readonly (readonly StepResult[])[],
): Generator<number> {
  for (const [index, program] of programs.entries())
    for (const [at, step] of program.entries()) {
      const result = results[index]?.[at];
      if (step.do === "close" && result && result.errno === undefined && !result.problem)
        yield step.socket;
    }
}

function broken(reason: Broken["reason"], detail: string): Broken {
  return { kind: "broken", reason, detail };
}

function binderOf(by: Party, { pair }: Binders): BinderProcess {
  if (by === "peer") return pair.peer();
  return by === "other" ? pair.other() : pair[by];
}
