import { spawn, type ChildProcessByStdio } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import path from "node:path";
import { PACKAGE_ROOT } from "../../package-root.ts";

/** What the supervisor says, one a line. */
export type SupervisorLine =
  | { readonly started: number }
  /** It could not be started: the system's code. */
  | { readonly failed: string }
  /** The command's own process has ended; others that it started may go on. */
  | { readonly ended: string }
  | { readonly members: readonly number[] };

/** A command that runs under a supervisor, which ends it with this process at the latest. */
export interface SupervisedCommand {
  /** Null when it runs, else the code of why it could not be started. */
  readonly started: Promise<string | null>;
  /** How its own process ended; null while it runs. */
  ending(): string | null;
  /** Its processes that run. Empty when the supervisor is gone. */
  members(): Promise<readonly number[]>;
  /** Ends all of them and resolves when they are gone. */
  end(): Promise<void>;
}

/** Starts a command; what it writes goes to a file. */
export function startCommand(words: readonly string[], output: string): SupervisedCommand {
  const supervisor = startSupervisor(words, output);
  const asked: ((members: readonly number[]) => void)[] = [];
  let ended: string | null = null;
  let isGone = false;
  let tellStart: (code: string | null) => void = () => undefined;
  const started = new Promise<string | null>((resolve) => (tellStart = resolve));
  const gone = new Promise<void>((resolve) => {
    supervisor.on("error", () => resolve());
    supervisor.on("close", () => resolve());
  }).then(() => {
    isGone = true;
    ended ??= "its supervisor has ended";
    tellStart("its supervisor has ended");
    for (const answer of asked) answer([]);
  });
  supervisor.stdin.on("error", () => undefined); // it is gone, which `close` tells
  createInterface({ input: supervisor.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as SupervisorLine;
    if ("started" in line) tellStart(null);
    else if ("failed" in line) tellStart(line.failed);
    else if ("ended" in line) ended = line.ended;
    else asked.shift()?.(line.members);
  });
  return {
    started,
    ending: () => ended,
    members: () =>
      isGone
        ? Promise.resolve([])
        : new Promise((resolve) => {
            asked.push(resolve);
            supervisor.stdin.write("members\n");
          }),
    end() {
      supervisor.stdin.end();
      return gone;
    },
  };
}

function startSupervisor(
  words: readonly string[],
  output: string,
): ChildProcessByStdio<Writable, Readable, null> {
  const entry = path.join(PACKAGE_ROOT, "dist/harness/audit/command/supervisor.js");
  const file = openSync(output, "w");
  const supervisor = spawn(process.execPath, [entry, ...words], {
    stdio: ["pipe", "pipe", file],
    // Of a group of its own: a terminal's Ctrl-C reaches this process, which then ends it in good order.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  closeSync(file);
  return supervisor as ChildProcessByStdio<Writable, Readable, null>;
}
