import type { ListenerFilter } from "./holdings/find-listeners.ts";

/** What to audit. */
export interface AuditRequest {
  readonly filter: ListenerFilter;
  /** The words of a command to start; null to look at what runs already. */
  readonly command: readonly [string, ...string[]] | null;
  readonly census: boolean;
  /** How long the command may take to hold its port, in milliseconds. */
  readonly readyMs: number;
  /** How long after its last new port the command is watched for another one, in milliseconds. */
  readonly settleMs: number;
}
