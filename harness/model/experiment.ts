import type { OptionExperiment } from "./option-experiment.ts";
import type { Scenario } from "./scenario.ts";
import type {
  Account,
  AddressKind,
  Api,
  EndpointState,
  Family,
  OptionText,
  Protocol,
} from "./vocabulary.ts";

/** One side of an experiment. There is no place here for an expected outcome. */
export interface Endpoint {
  readonly family: Family;
  /** In the order in which they are set; empty for none. */
  readonly options: readonly OptionText[];
  readonly address: AddressKind;
  readonly account: Account;
  readonly api: Api;
  readonly state: EndpointState;
  /** Only in controls: `other` binds a port of its own instead of the experiment's. */
  readonly port?: "other";
}

/** Whatever runs as one: two endpoints that want one port, a scenario, or the questions about one option. */
export type Experiment = EndpointPair | Scenario | OptionExperiment;

/** Two endpoints that want the same port, one after the other. */
export interface EndpointPair {
  /** Stable across runs, machines and versions; made from the content by `experimentId`. */
  readonly id: string;
  readonly protocol: Protocol;
  /** The first endpoint's family; most often the second's too. */
  readonly family: Family;
  readonly first: Endpoint;
  readonly second: Endpoint;
}
