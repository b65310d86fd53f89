import type { ScenarioStep } from "./steps.ts";
import type { Family, Protocol } from "./vocabulary.ts";

/** An ordered list of steps by up to four processes. */
export interface Scenario {
  readonly id: string;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly scenario: { readonly name: string; readonly steps: readonly ScenarioStep[] };
}
