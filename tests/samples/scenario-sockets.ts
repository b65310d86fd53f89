import type { Program, StepResult } from "../../harness/binder/protocol.ts";
import type { ScenarioSockets } from "../../harness/trial/scenario-sockets.ts";
import type { Outcome } from "../../harness/model/observation.ts";
import type { Party } from "../../harness/model/vocabulary.ts";

/** What a party answers to a program. */
export type Answer = (by: Party, program: Program) => StepResult;

/** UDP sockets of parties that give these answers; `asked` lists what they were asked. */
export function sampleSockets(
  answer: Answer,
): ScenarioSockets & { readonly asked: [Party, Program][] } {
  const asked: [Party, Program][] = [];
  const names = new Map<string, ReturnType<ScenarioSockets["ownerOf"]>>();
  const refusals = new Map<string, Outcome>();
  let last = 0;
  const place = { protocol: "udp", family: "ipv4", address: "127.0.0.1", port: 9 } as const;
  return {
    asked,
    trial: { experiment: { protocol: "udp" } } as ScenarioSockets["trial"],
    binders: {
      timeoutMs: 1000,
      unreadable: [],
      waiting: (wait) => wait,
    } as Omit<ScenarioSockets["binders"], "pair"> as ScenarioSockets["binders"],
    ask(by, program) {
      asked.push([by, program]);
      const results = program.map((_, index) => answer(by, program.slice(index)));
      const failed = results.findIndex(({ errno }) => errno !== undefined);
      return Promise.resolve(failed < 0 ? results : results.slice(0, failed + 1));
    },
    ownerOf(name) {
      const found = names.get(name);
      if (!found) throw new Error(`there is no socket ${name}`);
      return found;
    },
    has: (name) => names.has(name),
    refusalOf: (name) => refusals.get(name) ?? null,
    refuse: (name, outcome) => void refusals.set(name, outcome),
    reserve: () => ++last,
    name: (name, owned) => void names.set(name, owned),
    bindAddressOf: () => Promise.resolve(place),
    probe: () => Promise.resolve(null),
    clear: () => Promise.resolve(),
  };
}
