import { spawn, type StdioOptions } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "../program/processes.ts";

/** How the program is started; without anything it measures this machine against every document. */
export interface StartOptions {
  /** What stands before the command. */
  readonly words?: readonly string[];
  /** Where it measures; where the fault says unless given. */
  readonly on?: string;
  /** Arguments on top of `run`. */
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the result stream goes; a file of the scene's own unless told. */
  readonly stream?: string;
  readonly stdio?: StdioOptions;
}

/** A run of the program that is going on. */
export interface Program {
  readonly pid: number;
  readonly stream: string;
  /** Ids of its children, in the order of their start. */
  binders(): number[];
  isOver(): boolean;
  /**
   * Waits until this part (0 to 1) of the result stream of a clean run is written. Resolves to whether the program
   * still runs then.
   */
  reaches(part: number): Promise<boolean>;
  /** Waits for the first observation, which two binders that are up have made. Resolves as `reaches` does. */
  observes(): Promise<boolean>;
  /** Closes our end of a pipe that it writes to. */
  hangUp(pipe: "stdout" | "stderr"): void;
  readonly ended: Promise<ProgramEnd>;
}

/** How a run of the program ended, as a user sees it. */
export interface ProgramEnd {
  /** Exit code, or the signal that killed it. */
  readonly exit: string;
  readonly stderr: string;
}

const MAIN = path.resolve("dist/bindcheck.cjs");
// A clean run takes two seconds. A target that hangs costs two starts of at most a minute, and the answers before them.
const MOST_MS = 180_000;
// Before the first observation come the lines of the run and of its target.
const LINES_BEFORE = 2;

/** Where a run of the program has its files. */
interface ProgramPlace {
  readonly folder: string;
  /** Tells it from others of the folder. */
  readonly number: number;
  /** Size of a clean run's result stream. */
  readonly cleanBytes: number;
}

/** Starts the program as a user does, as the leader of a session of its own. */
export function startProgram(
  { folder, number, cleanBytes }: ProgramPlace,
  selection: readonly string[],
  { words = [], arguments: more = [], environment = {}, ...options }: StartOptions,
): Program {
  const stream = options.stream ?? path.join(folder, `results-${number}.ndjson`);
  const temporary = path.join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const reporters = options.stream === undefined ? ["--reporter", `ndjson=${stream}`] : [];
  const run = [MAIN, "run", ...selection, "--known", "known-deviations", ...reporters, ...more];
  const [file = "", ...rest] = [...words, process.execPath, ...run];
  const child = spawn(file, rest, {
    detached: true,
    stdio: options.stdio ?? ["ignore", "ignore", "pipe"],
    env: { ...process.env, TMPDIR: temporary, ...environment },
  });
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout?.resume();
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const limit = setTimeout(() => child.kill("SIGKILL"), MOST_MS);
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once("error", reject);
    // Not its output's end: a child that stays would hold that open.
    child.once("exit", (code, signal) => {
      clearTimeout(limit);
      setImmediate(() => resolve({ exit: signal ?? String(code), stderr }));
    });
  });
  return {
    pid: child.pid ?? 0,
    stream,
    binders: () => childrenOf(child.pid ?? 0).toSorted((a, b) => a - b),
    isOver,
    async reaches(part) {
      while (!isOver() && sizeOf(stream) < part * cleanBytes) await sleep(2);
      return !isOver();
    },
    async observes() {
      while (!isOver() && readWholeLines(stream).length <= LINES_BEFORE) await sleep(2);
      return !isOver();
    },
    hangUp: (pipe) => void child[pipe]?.destroy(),
    ended,
  };
}

/** The whole lines of a result stream as text; a killed or full disk may cut the last one off. */
export function readWholeLines(stream: string): string[] {
  try {
    return readFileSync(stream, "utf8").split("\n").slice(0, -1);
  } catch {
    return []; // it was never opened
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
