import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { lastWords } from "./last-words.ts";

/** How to start a harness on a target. */
export interface InnerCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  /** On top of this process's own environment; undefined takes a variable away. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where it runs; a temporary folder unless given. */
  readonly cwd?: string;
}

/** A harness that runs on a target, with all processes that it started. */
export interface InnerProcess {
  isOver(): boolean;
  /** Ends it and its children now; safe to call again, also when it is over. */
  end(): void;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /** How it ended, as part of a sentence; only when it is over. */
  ending(): string;
}

/**
 * Starts the command as the leader of a process group of its own, so that everything it starts can
 * be ended by that group's id. It ends with this process too, however that ends: one of the group waits
 * for the end of a pipe that only this process holds. Its output goes to files in `folder`, which
 * some emulators insist on.
 */
export async function startInner(command: InnerCommand, folder: string): Promise<InnerProcess> {
  const { execa } = await import("execa");
  const files = { stdout: join(folder, "stdout"), stderr: join(folder, "stderr") };
  const [stdout, stderr] = await Promise.all([openOutput(files.stdout), openOutput(files.stderr)]);
  const [file, ...rest] = [...ENDING_WITH_PARENT, command.file, ...command.arguments];
  const child = execa(file, rest, {
    cwd: command.cwd ?? folder,
    env: command.environment,
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
    stdio: ["ignore", stdout, stderr, "pipe"],
  });
  stdout.close();
  stderr.close();
  let exited = false;
  let ending = "";
  const end = (): void => {
    if (!exited && child.pid !== undefined) killGroup(child.pid);
  };
  child.once("exit", () => {
    // What it started and left; at once, while its id cannot have passed on to another process.
    end();
    exited = true;
  });
  const over = child.then((result) => {
    ending = `${describeEnding(result)}${lastWords(files.stderr, files.stdout)}`;
  });
  return { isOver: () => ending !== "", end, over, ending: () => ending };
}

const ENDING_WITH_PARENT = [
  "sh",
  "-c",
  `{ read -r _ <&3; kill -KILL 0; } &
exec "$@" 3<&-`,
  "sh",
] as const;

/** An open file that a process can be given as it is. */
async function openOutput(path: string): Promise<WriteStream> {
  const stream = createWriteStream(path);
  await once(stream, "open");
  return stream;
}

interface Ending {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly originalMessage?: string | undefined;
}

function describeEnding({ exitCode, signal, originalMessage }: Ending): string {
  if (signal !== undefined) return `killed by ${signal}`;
  if (exitCode !== undefined) return `exit code ${exitCode}`;
  return originalMessage ?? "it could not be started";
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}
