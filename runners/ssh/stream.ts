import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { withoutPassword } from "../../harness/binder-client/public-environment.ts";
import type { Line } from "../../harness/results/line.ts";
import { wholeLines } from "../../harness/results/whole-lines.ts";
import { TargetProblem } from "../runner.ts";
import type { SshEnding } from "./failure.ts";
import type { EndLine } from "./remote-harness.ts";

/** A connection over which a harness writes its stream. */
export interface RemoteStream {
  readonly lines: AsyncIterable<Line | EndLine>;
  /** How ssh ended; when the lines have ended. */
  ending(): Promise<SshEnding>;
  /** Lets the other side clean up, and ends ssh when that takes too long; safe to call again. */
  close(): void;
}

// Long enough for the other side to end its processes and remove its folder.
const GRACE_MS = 10_000;

/** Starts ssh. Its stdin stays open: that it ends is how the other side learns that we are gone. */
export function openStream(sshArguments: readonly string[]): RemoteStream {
  const child = spawn("ssh", sshArguments, {
    stdio: "pipe",
    // Not of our group: the terminal's Ctrl-C is for us to answer, in good order.
    detached: process.platform !== "win32",
    windowsHide: true,
    env: withoutPassword(),
  });
  const words = keepLast(child.stderr);
  const ending = endOf(child).then((how) => ({ ...how, stderr: words() }));
  const kill = (): void => endGroup(child);
  process.once("exit", kill);
  void ending.then(() => process.off("exit", kill));
  let grace: NodeJS.Timeout | null = null;
  const close = (): void => {
    child.stdin.end();
    grace ??= setTimeout(kill, GRACE_MS).unref();
  };
  child.stdin.on("error", () => undefined); // it is over; `ending` tells how
  return { lines: jsonLines(child.stdout), ending: () => ending, close };
}

/** Ends ssh, and the program that it may have started to get through to the host. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32") child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}

async function endOf(child: ChildProcess): Promise<Omit<SshEnding, "stderr">> {
  try {
    const [exitCode] = (await once(child, "close")) as [number | null];
    return { exitCode: exitCode ?? 255 };
  } catch (error) {
    return { exitCode: null, cause: (error as Error).message };
  }
}

function keepLast(stream: Readable): () => string {
  let words = "";
  stream.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-4000)));
  return () => words;
}

/** Whole lines: one without a line feed was cut off with the connection. */
async function* jsonLines(stdout: Readable): AsyncGenerator<Line | EndLine> {
  let hasBegun = false;
  for await (const line of wholeLines(stdout.setEncoding("utf8"))) {
    // The start-up files of a shell may write whatever they like before it.
    hasBegun ||= line.startsWith('{"type":');
    if (hasBegun) yield parse(line);
  }
}

function parse(text: string): Line | EndLine {
  try {
    const line = JSON.parse(text) as Line | EndLine | null;
    if (typeof line === "object" && line !== null) return line;
  } catch {
    // Told below.
  }
  throw new TargetProblem(`The target wrote a line that is no result: ${text.slice(0, 100)}`);
}
