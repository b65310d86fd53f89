import type { Account, Listener } from "../listener.ts";

/** One socket of a system's table, before sockets of one name are brought together. */
export interface HeldSocket extends Listener {
  /** Of the socket itself, where the system tells it: no later one has it. */
  readonly inode?: string;
}

/** What a system tells of the sockets on it. */
export interface Holdings {
  /** Every listener, or only those that some of the processes have open. Throws `HoldingsProblem`. */
  read(pids: readonly number[] | null): Promise<HeldSocket[]>;
  /** The account that this process runs as; null where the system does not tell. */
  readonly ownAccount: Account | null;
}

/** The system does not tell who holds what; the message is one line that says what to do. */
export class HoldingsProblem extends Error {
  override readonly name = "HoldingsProblem";
}
