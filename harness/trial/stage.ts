import type { Program, Step, StepResult } from "../binder/protocol.ts";
import { isAddressKind } from "../experiments/addresses.ts";
import type { Family } from "../model/experiment.ts";
import type { Party, ScenarioStep } from "../model/scenario.ts";
import type { Outcome } from "../model/observation.ts";
import type { BinderProcess } from "../binder-client/binder-process.ts";
import { probeStep, type Place } from "./endpoint-steps.ts";
import type { ScenarioTrial } from "./perform-scenario.ts";
import type { Setting, TrialResult } from "./perform.ts";
import { readProbe } from "./read-probe.ts";

/** A socket of a scenario: who holds it, and its number there. */
interface Held {
  readonly by: Party;
  readonly socket: number;
}

/** The sockets of one scenario and the processes that hold them. */
export interface Stage {
  readonly trial: ScenarioTrial;
  readonly setting: Setting;
  /** Has a party carry a program out. Throws BinderLost. */
  ask(by: Party, program: Program): Promise<readonly StepResult[]>;
  /** A socket by its name in the scenario. */
  held(name: string): Held;
  has(name: string): boolean;
  /** Why a socket of that name never came to stand; null when it did. */
  refusalOf(name: string): Outcome | null;
  /** Notes that a socket was refused: whatever is done with it later comes to the same. */
  refuse(name: string, outcome: Outcome): void;
  /** Numbers for new sockets of a party; whatever is still open under them is closed in the end. */
  reserve(by: Party, count?: number): number;
  /** Gives a reserved socket its name. */
  name(name: string, by: Party, socket: number): void;
  /** Where a step that has an address and a port happens. */
  placeOf(step: StepWithPlace): Place;
  /** Why nothing can be tried on a port that the scenario needs; null when all are free. */
  probe(): Promise<TrialResult | null>;
  /** Closes whatever is still open. Throws BinderLost: sockets of a lost binder may have gone before a later step. */
  clear(): Promise<void>;
}

/** The steps that say an address and a port. */
type StepWithPlace = Extract<ScenarioStep, { do: "open" | "bind" | "connect" | "census" }>;

export function createStage(trial: ScenarioTrial, setting: Setting): Stage {
  const { experiment, addresses } = trial;
  const names = new Map<string, Held>();
  const refusals = new Map<string, Outcome>();
  const reserved: Record<Party, number[]> = { first: [], second: [], peer: [], other: [] };

  const askAll = async (by: Party, programs: readonly Program[]) => {
    const binder = binderOf(by, setting);
    await binder.hello;
    return binder.ask(programs, setting.timeoutMs);
  };
  const addressOf = (step: StepWithPlace, family: Family): string => {
    const { address } = step;
    const found = isAddressKind(address) ? addresses[family][address] : address;
    if (found === null) throw new Error(`${experiment.id}: the target has no ${address}`);
    return found;
  };
  const placeOf = (step: StepWithPlace): Place => {
    const family = step.family ?? experiment.family;
    const ports = { same: trial.port, other: trial.otherPort };
    return {
      protocol: experiment.protocol,
      family,
      address: addressOf(step, family),
      port: typeof step.port === "number" ? step.port : ports[step.port],
    };
  };
  return {
    trial,
    setting,
    async ask(by, program) {
      return (await askAll(by, [program]))[0] ?? [];
    },
    held(name) {
      const found = names.get(name);
      if (!found) throw new Error(`${experiment.id}: there is no socket ${name}`);
      return found;
    },
    has: (name) => names.has(name),
    refusalOf: (name) => refusals.get(name) ?? null,
    refuse: (name, outcome) => void refusals.set(name, outcome),
    reserve(by, count = 1) {
      const numbers = Array.from({ length: count }, () => setting.pair.nextSocket());
      reserved[by].push(...numbers);
      return numbers[0] ?? 0;
    },
    name: (name, by, socket) => void names.set(name, { by, socket }),
    placeOf,
    async probe() {
      const opened = experiment.scenario.steps.filter((step) => step.do === "open").map(placeOf);
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
        if (closing.length > 0) await askAll(by, closing); // what is closed already is no concern
      }
    },
  };
}

function binderOf(by: Party, { pair, otherAccount }: Setting): BinderProcess {
  if (by === "peer") return pair.peer();
  if (by !== "other") return pair[by];
  if (!otherAccount) throw new Error("there is no other account");
  return pair.other(otherAccount);
}
