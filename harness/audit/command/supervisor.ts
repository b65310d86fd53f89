import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { contain } from "./contain.ts";
import { openOutput, type CommandOutput } from "./open-output.ts";
import type { SupervisorLine } from "./supervised-command.ts";

// A server that ends in good order takes its pid file and its sockets along.
const USUAL_GRACE_MS = 2000;

/**
 * Runs a command for an audit: starts it, reports on stdout what becomes of it, answers each `members` on stdin with its
 * processes and each `words` with the end of its output, and ends all processes at `end MS`, which is how long they may
 * take, or when the input ends, however the audit has ended. Another `end MS` shortens what is left of it.
 */
function main([file = "", ...words]: readonly string[]): void {
  const containment = contain();
  const output = openOutput();
  const command = start(file, words, output.stdio);
  const over =
    typeof command === "string"
      ? Promise.resolve<SupervisorLine>({ failed: command })
      : follow(command, output);
  void over.then(say);
  let graceMs = USUAL_GRACE_MS;
  let ending: Promise<never> | null = null;
  // The command is awaited besides, so that no zombie of it is left to the parent of this process.
  const end = (): void =>
    void (ending ??= containment
      .end(() => graceMs)
      .then(async () => process.exit((await over, 0))));
  const questions = createInterface({ input: process.stdin });
  questions.on("line", (line) => {
    const [question, value] = line.split(" ");
    if (question === "members") say({ members: containment.members() });
    if (question === "words") void output.settled().then(() => say({ words: output.words() }));
    if (question !== "end") return;
    graceMs = Number(value);
    end();
  });
  questions.on("close", end);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => undefined); // the audit decides when it is over
}

/** Reads what a command writes, and reports that it has started; resolves when its own process has ended. */
function follow(command: ChildProcess, output: CommandOutput): Promise<SupervisorLine> {
  output.follow(command);
  command.on("spawn", () => say({ started: command.pid ?? 0 }));
  return new Promise((resolve) => {
    command.on("error", (error: NodeJS.ErrnoException) =>
      resolve({ failed: error.code ?? error.message }),
    );
    command.on("exit", (code, signal) => resolve({ ended: signal ?? `exit code ${code}` }));
  });
}

/** A command that begins, or the code of why it cannot: what Node refuses, such as a .cmd file, is thrown at once. */
function start(
  file: string,
  words: readonly string[],
  stdio: number | "pipe",
): ChildProcess | string {
  try {
    return spawn(file, words, { stdio: ["ignore", stdio, stdio], windowsHide: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
}

function say(line: SupervisorLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

process.stdout.on("error", () => undefined); // the audit has ended: the input ends as well
main(process.argv.slice(2));
