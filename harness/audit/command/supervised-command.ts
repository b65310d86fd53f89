import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import path from "node:path";
import { withoutPassword } from "../../binder/public-environment.ts";
import { TargetProblem } from "../../model/target-problem.ts";
import { PACKAGE_ROOT } from "../../package-root.ts";
import { adoptOrphans } from "./adopt-orphans.ts";
import { descendantsOf } from "./descendants.ts";
import { endProcesses } from "./end-processes.ts";
import { watchSupervisor } from "./watch-supervisor.ts";

/** What the supervisor says, one a line. */
export type SupervisorLine =
  | { readonly started: number }
  /** It could not be started: the system's code. */
  | { readonly failed: string }
  /** The command's own process has ended; others that it started may go on. */
  | { readonly ended: string }
  | { readonly members: readonly number[] }
  /** The end of what the command wrote. */
  | { readonly words: string };

/** A command that runs under a supervisor, which ends it with this process at the latest. */
export interface SupervisedCommand {
  /** Null when it runs, else the code of why it could not be started. Rejects when the supervisor is lost. */
  readonly started: Promise<string | null>;
  /** Never resolves; rejects with a TargetProblem when the supervisor was killed or does not answer. */
  readonly lost: Promise<never>;
  /** How its own process ended; null while it runs. */
  ending(): string | null;
  /** Its processes that run. Rejects when the supervisor is lost. */
  members(): Promise<readonly number[]>;
  /** The last 4 KiB that it wrote; nothing when the supervisor is lost. */
  words(): Promise<string>;
  /** Ends all of its processes, kills those that are left after a while, and resolves when they are gone. */
  end(): Promise<void>;
}

/** Starts a command. Once `signal` aborts, its end is hurried. */
export function startCommand(words: readonly string[], signal: AbortSignal): SupervisedCommand {
  adoptOrphans(); // those of a supervisor that is killed
  const supervisor = startSupervisor(words);
  const answers: ((line: SupervisorLine) => void)[] = [];
  let ended: string | null = null;
  let known: readonly number[] = [];
  let isEnding = false;
  let tellStart: (code: string | null) => void = () => undefined;
  const didStart = new Promise<string | null>((resolve) => (tellStart = resolve));
  let lose: (how: string) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => {
    lose = (how) =>
      reject(
        new TargetProblem(
          `the supervisor of the command ${how}; the command's processes were ended`,
        ),
      );
  });
  lost.catch(() => undefined); // it is raced against what needs the supervisor
  const gone = new Promise<void>((resolve) => {
    supervisor.on("error", ({ message }) => (lose(`cannot be started: ${message}`), resolve()));
    supervisor.on("close", (code, killedBy) => {
      if (!isEnding) lose(killedBy === null ? `ended with ${code}` : `was ended by ${killedBy}`);
      resolve();
    });
  });
  supervisor.stdin.on("error", () => undefined); // it is gone, which `close` tells
  createInterface({ input: supervisor.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as SupervisorLine;
    if ("started" in line) known = [line.started];
    if ("members" in line) known = line.members;
    if ("started" in line) tellStart(null);
    else if ("failed" in line) tellStart(line.failed);
    else if ("ended" in line) ended = line.ended;
    else answers.shift()?.(line);
  });
  const ask = (question: string): Promise<SupervisorLine> =>
    Promise.race([
      lost,
      new Promise<SupervisorLine>((resolve) => {
        answers.push(resolve);
        supervisor.stdin.write(`${question}\n`);
      }),
    ]);
  const members = async (): Promise<readonly number[]> => {
    const line = await ask("members");
    return "members" in line ? line.members : [];
  };
  const stopWatching = watchSupervisor(supervisor.pid, members, lose);
  return {
    started: Promise.race([didStart, lost]),
    lost,
    ending: () => ended,
    members,
    async words() {
      const line = await ask("words").catch(() => null);
      return line !== null && "words" in line ? line.words : "";
    },
    async end() {
      isEnding = true;
      stopWatching();
      const graceMs = (): number => (signal.aborted ? HURRIED_GRACE_MS : GRACE_MS);
      const tell = (): void => void supervisor.stdin.write(`end ${graceMs()}\n`);
      // One that has not started the command yet shall not do so any more.
      if (known.length === 0 && ended === null && FINDS_ORPHANS) supervisor.kill("SIGKILL");
      else tell();
      signal.addEventListener("abort", tell, { once: true });
      // It does not end when it was stopped, nor does the command then: that is done from here.
      const overdue = setTimeout(() => supervisor.kill("SIGKILL"), GRACE_MS + MOST_TO_END_MS);
      await Promise.race([gone, lost.catch(() => supervisor.kill("SIGKILL"))]);
      clearTimeout(overdue);
      signal.removeEventListener("abort", tell);
      await endProcesses(() => leftovers(known), graceMs);
    },
  };
}

// A server that ends in good order takes its pid file and its sockets along.
const GRACE_MS = 2000;
const HURRIED_GRACE_MS = 300;
// What a supervisor that is killed has started is found on Linux, and ended by its job on Windows.
const FINDS_ORPHANS = process.platform === "linux" || process.platform === "win32";
// Longer than a supervisor on a busy machine takes to kill a thousand processes.
const MOST_TO_END_MS = 10_000;

/** What a supervisor that was killed has left: on Linux its orphans are this process's children now. */
function leftovers(known: readonly number[]): number[] {
  if (process.platform === "linux") return descendantsOf(process.pid);
  if (process.platform === "win32") return []; // its job has ended with it
  return known.flatMap((pid) => (isRunning(pid) ? [pid, ...descendantsOf(pid)] : []));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function startSupervisor(words: readonly string[]): ChildProcessByStdio<Writable, Readable, null> {
  const entry = path.join(PACKAGE_ROOT, "dist/harness/audit/command/supervisor.js");
  return spawn(process.execPath, [entry, ...words], {
    stdio: ["pipe", "pipe", "ignore"],
    // In a group of its own: a terminal's Ctrl-C reaches this process, which then ends it in good order.
    detached: process.platform !== "win32",
    windowsHide: true,
    env: withoutPassword(),
  });
}
