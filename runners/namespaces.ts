import { TargetProblem } from "./runner.ts";

/** How a command is started in namespaces of its own. */
export interface Entrance {
  /** What stands before the command. All its processes end with the first of these words' own. */
  readonly words: readonly string[];
  /** Whether it is in a user namespace, where only one user of this machine is known. */
  readonly isUserNamespace: boolean;
}

/** What to start for a trial, and in the end, in an entrance of one of the two kinds. */
type CommandFor = (isUserNamespace: boolean) => readonly string[];

/**
 * Finds out by trial how a command can be started here with the namespaces of `flags` (as unshare(1) takes
 * them) and its own process namespace: as root, or in a user namespace. Throws TargetProblem when neither works.
 */
export async function findEntrance(
  flags: readonly string[],
  commandFor: CommandFor,
): Promise<Entrance> {
  let problem = "";
  for (const isUserNamespace of process.getuid?.() === 0 ? [false, true] : [true]) {
    const user = isUserNamespace ? ["--user", "--map-root-user"] : [];
    const words = ["unshare", ...user, ...flags, ...PROCESSES_THAT_END_TOGETHER];
    const found = await tryCommand([...words, ...commandFor(isUserNamespace)]);
    if (found === null) return { words, isUserNamespace };
    problem ||= found;
  }
  throw new TargetProblem(`this system does not allow it (${problem})`);
}

// Whatever a sandbox or an emulator starts, also what leaves the process group: the kernel ends it with the first one.
const PROCESSES_THAT_END_TOGETHER = ["--pid", "--fork", "--kill-child=KILL"];

const TRIAL_TIMEOUT_MS = 20_000;

/** Null when the command ran well, else what it said. */
async function tryCommand([file = "", ...parameters]: readonly string[]): Promise<string | null> {
  const { execa } = await import("execa");
  const result = await execa(file, parameters, {
    stdin: "ignore",
    stdout: "ignore",
    reject: false,
    timeout: TRIAL_TIMEOUT_MS,
    killSignal: "SIGKILL",
  });
  if (!result.failed) return null;
  const words = result.stderr.trim().replaceAll(/\s+/g, " ");
  return words.slice(-MOST_CHARACTERS) || (result.shortMessage ?? `exit code ${result.exitCode}`);
}

const MOST_CHARACTERS = 200;
