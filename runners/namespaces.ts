import { startWayIn, type WayIn } from "./way-in.ts";
import { TargetProblem } from "./runner.ts";

/** Namespaces of a target's own, which last until they are ended, or this process is. */
export interface Namespaces {
  /** What comes before a command that is to run in them. */
  readonly enter: readonly string[];
  /** Whether one is a user namespace, where only one user of this machine is known. */
  readonly isUserNamespace: boolean;
  /** How they ended, as part of a sentence; null while they last. */
  ending(): string | null;
  /** Ends them with every process in them. */
  end(): Promise<void>;
}

/** What is needed of them. */
export interface NamespaceRequest {
  /** As unshare(1) takes them, on top of its own process namespace. */
  readonly flags: readonly string[];
  /** Shell commands that get them ready; they end with `exec 9` never taken. */
  readonly setUp: (isUserNamespace: boolean) => string;
  /** The last command; when it ends, so do the namespaces. */
  readonly stay?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Makes namespaces: as root, or else in a user namespace. Throws TargetProblem when neither works: the system may not
 * allow it.
 */
export async function makeNamespaces(request: NamespaceRequest): Promise<Namespaces> {
  let problem = "";
  for (const isUserNamespace of process.getuid?.() === 0 ? [false, true] : [true]) {
    if (request.signal?.aborted) break;
    const user = isUserNamespace ? ["--user", "--map-root-user"] : [];
    const script = [
      "set -e",
      request.setUp(isUserNamespace),
      `echo ${READY}`,
      request.stay ?? "exec cat >/dev/null",
    ].join("\n");
    const words = ["unshare", ...user, ...request.flags, ...PROCESSES_THAT_END_TOGETHER];
    const holder = startWayIn([...words, "sh", "-c", script], {
      ...(request.environment && { environment: request.environment }),
    });
    const isReady = await waitUntilReady(holder, request.signal);
    if (isReady) return held(holder, request.flags, isUserNamespace);
    holder.end();
    await holder.over;
    problem ||= holder.ending() ?? "";
  }
  throw new TargetProblem(`this system does not allow it (${problem})`);
}

// Whatever a sandbox or an emulator starts, also what leaves the process group: the kernel ends it with the first one.
const PROCESSES_THAT_END_TOGETHER = ["--pid", "--fork", "--kill-child=KILL"];
const READY = "ready";
const READY_MS = 60_000;

async function waitUntilReady(holder: WayIn, signal?: AbortSignal): Promise<boolean> {
  const isReady = new Promise<boolean>((resolve) => {
    let said = "";
    holder.child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      said = (said + chunk).slice(-1000);
      if (said.includes(`${READY}\n`)) resolve(true);
    });
    void holder.over.then(() => resolve(false));
  });
  const timer = setTimeout(holder.end, READY_MS);
  signal?.addEventListener("abort", holder.end);
  try {
    return (await isReady) && holder.ending() === null;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", holder.end);
  }
}

function held(holder: WayIn, flags: readonly string[], isUserNamespace: boolean): Namespaces {
  const of = (name: string): string => `/proc/${holder.child.pid}/ns/${name}`;
  const hasMount = flags.some((flag) => flag.startsWith("--mount"));
  return {
    enter: [
      "nsenter",
      ...(isUserNamespace ? [`--user=${of("user")}`, "--preserve-credentials"] : []),
      ...(hasMount ? [`--mount=${of("mnt")}`] : []),
      ...(flags.includes("--net") ? [`--net=${of("net")}`] : []),
      // unshare itself stays in its old process namespace.
      `--pid=${of("pid_for_children")}`,
    ],
    isUserNamespace,
    ending: holder.ending,
    async end() {
      holder.end();
      await holder.over;
    },
  };
}
