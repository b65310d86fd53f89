import type { Outcome } from "../../model/observation.ts";
import type { Family, Protocol } from "../../model/vocabulary.ts";

/** A second binder: what it sets, where it binds and who it is. */
export interface Way {
  readonly account: "same" | "other";
  /** Options that are set; none for a plain socket. */
  readonly options: readonly string[];
  readonly family: Family;
  readonly address: string;
}

/** What came of binding (and, over TCP, listening) that way while the server held its port. */
export interface Attempt extends Way {
  readonly protocol: Protocol;
  readonly port: number;
  readonly outcome: Outcome;
  /** Who got what was sent; null without a census, empty where the server did not answer. */
  readonly shares: readonly Share[] | null;
}

/** How much of what was sent to an address the second binder got. */
export interface Share {
  readonly address: string;
  readonly sent: number;
  readonly taken: number;
  /** Why less was sent than should have been. */
  readonly problem?: string;
}
