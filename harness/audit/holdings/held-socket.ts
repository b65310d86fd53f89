import type { Account, Listener } from "../listener.ts";

/** One socket of a system's table, before sockets of one name are brought together. */
export interface HeldSocket extends Listener {
  /** Of the socket itself, where the system tells it: no later one has it. */
  readonly inode?: string;
  /** A connected UDP socket on a port that the system gives out by itself: most likely a client's. */
  readonly isClient?: boolean;
}

/** What a system tells of the sockets on it. */
export interface Holdings {
  /** Every listener, or only those that some of the processes have open. Throws `HoldingsProblem`. */
  read(pids: readonly number[] | null): Promise<HeldSocket[]>;
  /** Every listener, its owners only where they cost nothing. */
  look(): Promise<HeldSocket[]>;
  /** One of these processes that holds something in another network, which cannot be audited from here; else null. */
  holdsElsewhere(pids: readonly number[]): number | null;
  /** What this process may not see, in sentences. */
  unseen(): readonly string[];
  /** The account that this process runs as; null where the system does not tell. */
  readonly ownAccount: Account | null;
}

/** The system does not tell who holds what; the message is one line that says what to do. */
export class HoldingsProblem extends Error {
  override readonly name = "HoldingsProblem";
}
