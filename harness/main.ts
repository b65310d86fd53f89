#!/usr/bin/env node
import { hidePassword } from "./binder/public-environment.ts";
import { EXIT_BROKEN, EXIT_INTERRUPTED } from "./session/exit-code.ts";
import { endWhenInterrupted } from "./session/interrupt.ts";

// The reader of a pipe may stop reading, as `head` does, and a terminal may be closed: then nothing can be reported, and
// no run has passed.
const GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO"]);

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (GONE.has(error.code)) process.exit(EXIT_INTERRUPTED);
  fail(`standard output cannot be written: ${error.message}`);
});
process.stderr.on("error", () => undefined); // results do not go there
process.on("uncaughtException", ({ message, stack = "" }) => {
  const place = /(?:harness|runners|reports|dist)[/\\]\S+:\d+:\d+/.exec(stack)?.[0];
  fail(place ? `${message} (${place})` : message);
});

// Nothing is left to do then, and without this V8 would take its heap apart first.
process.on("beforeExit", () => process.exit());

hidePassword();
// The other commands may read a pipe that says nothing, which holds up such an end.
if (process.argv[2] === "audit") endWhenInterrupted();

void start(process.argv).then((code) => (process.exitCode = code));

/** The program is loaded here, so that load errors are reported too. */
async function start(argv: readonly string[]): Promise<number> {
  // What starts processes takes a while to load, and most commands start none.
  const early =
    argv[2] === "run"
      ? (await import("./session/early-pair.ts")).startEarlyPair(argv.slice(3))
      : undefined;
  try {
    return await (await import("./commands/main.ts")).main(argv, early);
  } finally {
    early?.end();
  }
}

/** Neither the user's input nor a target is at fault: nothing is decided. */
function fail(why: string): never {
  process.stderr.write(`bindcheck cannot go on: ${why.replaceAll(/\s+/g, " ")}\n`);
  process.exit(EXIT_BROKEN);
}
