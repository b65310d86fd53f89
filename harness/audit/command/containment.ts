/** Holds a command and everything that it starts, also what detaches itself, so that all of it can be ended. */
export interface Containment {
  members(): number[];
  /** Ends them: asks first where the system can, then kills those that are left after `graceMs`, which may get shorter. */
  end(graceMs: () => number): Promise<void>;
}
