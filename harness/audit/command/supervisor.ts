import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { contain } from "./containment.ts";
import type { SupervisorLine } from "./supervised-command.ts";

/**
 * Runs a command for an audit: starts it, tells on stdout what becomes of it, answers each line of input with its
 * processes, and ends all of them when the input ends, however the audit has ended.
 */
function main([file = "", ...words]: readonly string[]): void {
  const containment = contain();
  // The command writes where this program's stderr goes: a file of the audit.
  const command = spawn(file, words, { stdio: ["ignore", 2, 2], windowsHide: true });
  command.on("spawn", () => say({ started: command.pid ?? 0 }));
  const over = new Promise<SupervisorLine>((resolve) => {
    command.on("error", (error: NodeJS.ErrnoException) =>
      resolve({ failed: error.code ?? error.message }),
    );
    command.on("exit", (code, signal) => resolve({ ended: signal ?? `exit code ${code}` }));
  });
  void over.then(say);
  const questions = createInterface({ input: process.stdin });
  questions.on("line", () => say({ members: containment.members() }));
  // The command is awaited besides, so that no zombie of it is left to whoever comes after this process.
  questions.on(
    "close",
    () => void containment.end().then(async () => process.exit((await over, 0))),
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => undefined); // the audit decides when it is over
}

function say(line: SupervisorLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

process.stdout.on("error", () => undefined); // nobody listens any more: the input ends as well
main(process.argv.slice(2));
