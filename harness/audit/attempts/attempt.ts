import type { Family, Protocol } from "../../model/vocabulary.ts";
import type { Peer } from "../listener.ts";
import type { Outcome } from "../../model/observation.ts";

/** A second binder: what it sets, where it binds and who it is. */
export interface Way {
  readonly account: "same" | "other";
  /** Options that are set, one with a value as `SO_BINDTODEVICE=lo`; none for a plain socket. */
  readonly options: readonly string[];
  readonly family: Family;
  readonly address: string;
  /** Where its socket is connected after the bind, as the server's is. */
  readonly peer?: Peer;
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
  /** For a multicast group: the interface that it was sent on. */
  readonly interface?: string;
  /** For a connected server: its peer, from which it was sent. */
  readonly from?: Peer;
  readonly sent: number;
  readonly taken: number;
  /** Why less was sent than should have been. */
  readonly problem?: string;
}
