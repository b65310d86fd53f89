import type { Random } from "./random.ts";
import type { Program, StartOptions } from "./program.ts";

/** One kind of fault, and what the program may make of it. */
export interface Fault {
  /** As `--only` takes it. */
  readonly name: string;
  /** What is done, for the table. */
  readonly what: string;
  /** How many runs of the program the whole campaign gives it. */
  readonly runs: number;
  /** How a run may end: its exit code, or the signal that killed it. */
  readonly mayEnd: readonly string[];
  /** The target, as `--on` takes it; this machine unless given. */
  readonly on?: string;
  /** Case files that a run there measures; those of the campaign unless given. */
  readonly files?: readonly string[];
  /** Left to the whole campaign: its target takes seconds to start, and is harmed in that target's own tests too. */
  readonly isSlow?: boolean;
  /** A command that has to go well where this can be done. */
  readonly needs?: readonly [string, ...string[]];
  /** Starts what has to run beside the program, also beside a clean run. */
  readonly serve?: (folder: string) => Promise<Server>;
  /** Starts runs of the program and does the harm. Resolves when all harm is done. */
  carryOut(scene: Scene): Promise<void>;
}

/** Something that runs of the program need. */
export interface Server {
  /** What they find it by. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Where one fault happens: nothing else runs here at the time. */
export interface Scene {
  readonly random: Random;
  /** Which of the fault's runs this is, from 0. */
  readonly round: number;
  /** A folder for the scene's own files. */
  readonly folder: string;
  /** How many experiments a run has. */
  readonly experiments: number;
  /** Starts the program. The scene waits for its end, and judges it. */
  start(options?: StartOptions): Program;
  /** Counts faults that really happened. */
  count(injected?: number): void;
  /** What is to be undone when the programs have ended. */
  after(undo: () => void): void;
}
