import type { Program, Step, StepResult } from "../binder/protocol.ts";
import { isOnlyBound } from "../model/address.ts";
import type { ScenarioStep } from "../model/scenario.ts";
import type { Outcome } from "../model/observation.ts";
import type { BinderProcess } from "../binder-client/binder-process.ts";
import { probeStep, type BindAddress } from "./endpoint-steps.ts";
import type { Binders, ScenarioTrial, TrialResult } from "./trial.ts";
import { readProbe } from "./read-probe.ts";
import { isAddressKind, type Family, type Party } from "../model/vocabulary.ts";

/** A socket of a scenario: the party whose binder has it, and its number there. */
interface OwnedSocket {
  readonly by: Party;
  readonly socket: number;
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
  name(name: string, by: Party, socket: number): void;
  /** Where a step that has an address and a port happens. */
  bindAddressOf(step: StepWithAddress): BindAddress;
  /** Why nothing can be tried on a port that the scenario needs; null when all are free. */
  probe(): Promise<TrialResult | null>;
  /** Closes whatever is still open. Throws BinderLost: sockets of a lost binder may have gone before a later step. */
  clear(): Promise<void>;
}

/** The steps that say an address and a port. */
type StepWithAddress = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

export function createScenarioSockets(trial: ScenarioTrial, binders: Binders): ScenarioSockets {
  const { experiment, addresses } = trial;
  const names = new Map<string, OwnedSocket>();
  const refusals = new Map<string, Outcome>();
  const reserved: Record<Party, number[]> = { first: [], second: [], peer: [], other: [] };

  const askAll = async (by: Party, programs: readonly Program[]) => {
    const binder = binderOf(by, binders);
    await binder.hello;
    return binder.ask(programs, binders.timeoutMs);
  };
  const addressOf = (step: StepWithAddress, family: Family): string => {
    const { address } = step;
    const found = isAddressKind(address) ? addresses[family][address] : address;
    if (found === null) throw new Error(`${experiment.id}: the target has no ${address}`);
    return found;
  };
  const bindAddressOf = (step: StepWithAddress): BindAddress => {
    const family = step.family ?? experiment.family;
    const ports = { same: trial.port, other: trial.otherPort };
    return {
      protocol: step.protocol ?? experiment.protocol,
      family,
      address: addressOf(step, family),
      port: typeof step.port === "number" ? step.port : ports[step.port],
    };
  };
  return {
    trial,
    binders,
    async ask(by, program) {
      return (await askAll(by, [program]))[0] ?? [];
    },
    ownerOf(name) {
      const found = names.get(name);
      if (!found) throw new Error(`${experiment.id}: there is no socket ${name}`);
      return found;
    },
    has: (name) => names.has(name),
    refusalOf: (name) => refusals.get(name) ?? null,
    refuse: (name, outcome) => void refusals.set(name, outcome),
    reserve(by, count = 1) {
      const numbers = Array.from({ length: count }, () => binders.pair.nextSocket());
      reserved[by].push(...numbers);
      return numbers[0] ?? 0;
    },
    name: (name, by, socket) => void names.set(name, { by, socket }),
    bindAddressOf,
    async probe() {
      const opened = experiment.scenario.steps
        .filter((step) => step.do === "open")
        .map(bindAddressOf)
        .filter(({ address }) => !isOnlyBound(address));
      const probed = opened.flatMap((place) => {
        const wildcard = addresses[place.family].wildcard ?? place.address;
        return [place, { ...place, address: wildcard }];
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
        const closing = reserved[by].map((socket): [Step] => [{ do: "close", socket }]);
        if (closing.length > 0) await askAll(by, closing); // one that is closed already has no socket to close
      }
    },
  };
}

function binderOf(by: Party, { pair }: Binders): BinderProcess {
  if (by === "peer") return pair.peer();
  return by === "other" ? pair.other() : pair[by];
}
