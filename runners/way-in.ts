import { spawn, type ChildProcess } from "node:child_process";
import { withoutPassword } from "../harness/binder/public-environment.ts";
import { createLastWords } from "../harness/binder-client/last-words.ts";

/** A program that leads to a target, with all processes that it started. */
export interface WayIn {
  readonly child: ChildProcess;
  /** Ends it and its children now; safe to call again, also when it is over. */
  end(): void;
  /** Resolves when it has ended and has said everything. */
  readonly over: Promise<void>;
  /** How it ended; null until it is over. */
  how(): string | null;
  /** The same with its last words, as part of a sentence. */
  ending(): string | null;
  /** Null while it runs, and when a signal ended it. */
  exitCode(): number | null;
  /** The last of what it wrote on stderr. */
  words(): string;
}

/** How a way in is started. */
export interface WayInSettings {
  /** On top of this process's own environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Descriptors 0 to 2, pipes unless given; stderr is read for last words where it is a pipe. */
  readonly stdio?: readonly ["ignore", number, number];
  /** Descriptors from 4 on. */
  readonly more?: readonly ("pipe" | "ignore")[];
}

/**
 * Starts a program as the leader of a process group of its own, so that everything it starts can be ended by that
 * group's id, and Ctrl-C does not reach it. It ends with this process too, however that ends: one of the group waits for
 * the end of a pipe that only this process holds.
 */
export function startWayIn(words: readonly string[], settings: WayInSettings = {}): WayIn {
  const [file = "", ...rest] = [...ENDING_WITH_PARENT, ...words];
  const child: ChildProcess = spawn(file, rest, {
    cwd: settings.cwd,
    env: { ...withoutPassword(), ...settings.environment },
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: [...(settings.stdio ?? PIPES), "pipe", ...(settings.more ?? [])],
  });
  const said = createLastWords();
  child.stderr?.setEncoding("utf8").on("data", said.add);
  child.stdin?.on("error", () => undefined); // it is over; `ending` tells how
  child.stdio[3]?.on("error", () => undefined);
  let how: string | null = null;
  let hasEnded = false;
  const end = (): void => {
    if (!hasEnded && child.pid !== undefined) killGroup(child);
  };
  process.once("exit", end);
  child.once("exit", () => {
    // What it started and left; at once, while its id cannot have passed on to another process.
    end();
    hasEnded = true;
    process.off("exit", end);
    // What has left the group may hold the pipes open.
    const hangUp = (): void => child.stdio.forEach((stream) => stream?.destroy());
    const timer = setTimeout(hangUp, LAST_WORDS_MS);
    child.once("close", () => clearTimeout(timer));
  });
  const over = new Promise<void>((resolve) => {
    const finish = (reason: string): void => {
      how ??= reason;
      resolve();
    };
    child.once("close", (code, signal) =>
      finish(signal ? `killed by ${signal}` : `exit code ${code}`),
    );
    child.once("error", ({ message }) => {
      hasEnded = true;
      process.off("exit", end);
      finish(message);
    });
  });
  return {
    child,
    end,
    over,
    how: () => how,
    ending: () => how && how + said.text(),
    exitCode: () => child.exitCode,
    words: said.raw,
  };
}

// Its own last words are in the pipe already.
const LAST_WORDS_MS = 1000;

const PIPES = ["pipe", "pipe", "pipe"] as const;

const ENDING_WITH_PARENT: readonly string[] =
  process.platform === "win32"
    ? []
    : [
        "sh",
        "-c",
        `{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 </dev/null &
exec "$@" 3<&-`,
        "sh",
      ];

/** Ends it and all that it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") return void child.kill("SIGKILL");
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}
