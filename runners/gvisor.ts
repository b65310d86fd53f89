import { release, type } from "node:os";
import { dirname } from "node:path";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import { amendTarget } from "./amend-target.ts";
import { findMissingProgram } from "./find-program.ts";
import { harnessArguments } from "./harness-arguments.ts";
import { harnessEntry } from "./harness-entry.ts";
import type { InnerCommand } from "./inner-process.ts";
import { measureInside } from "./measure-inside.ts";
import { findEntrance, type Entrance } from "./namespaces.ts";
import { WITH_OWN_ADDRESSES } from "./own-addresses.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";

/** What is only set by tests. */
export interface GvisorSettings {
  readonly entry?: string;
  readonly silenceMs?: number;
}

/** gVisor's own network stack: the harness runs in a sandbox of runsc, over the files of this machine. */
export function gvisorRunner(settings: GvisorSettings = {}): Runner {
  return {
    name: "gvisor",
    availability: gvisorAvailability,
    run: (request) => runInSandbox(request, settings),
  };
}

async function gvisorAvailability(): Promise<Availability> {
  const lack = await findLack();
  if (lack) return { here: false, ...lack };
  try {
    await findSandbox();
    return { here: true, what: `gVisor ${await gvisorVersion()}` };
  } catch (error) {
    return { here: false, why: (error as Error).message, mend: "run with sudo" };
  }
}

async function findLack(): Promise<{ readonly why: string; readonly mend: string } | null> {
  if (process.platform !== "linux")
    return { why: "gVisor needs Linux", mend: "use a Linux machine" };
  return findMissingProgram({ runsc: "runsc", ip: "iproute2", unshare: "util-linux" });
}

async function gvisorVersion(): Promise<string> {
  const { execa } = await import("execa");
  const { stdout } = await execa("runsc", ["--version"], { reject: false, stdin: "ignore" });
  return /^runsc version (?:release-)?(\S+)/m.exec(stdout)?.[1] ?? "unknown";
}

/** How to enter a sandbox on this machine, found out by starting one. Throws TargetProblem. */
async function findSandbox(): Promise<Entrance> {
  const folder = openRunFolder();
  try {
    // runsc sets processes up by their ids in /proc, which must be those of their own namespace.
    return await findEntrance(["--mount-proc"], (isUserNamespace) => [
      ...runsc(isUserNamespace, folder.path),
      "true",
    ]);
  } finally {
    await folder.remove();
  }
}

function runsc(isUserNamespace: boolean, folder: string): string[] {
  return [
    "env",
    // Here `runsc do` keeps the state of its sandbox, whatever --root says.
    `TMPDIR=${folder}`,
    "runsc",
    // A sandbox that is killed would leave its control groups behind.
    "--ignore-cgroups",
    ...(isUserNamespace ? ["--rootless"] : []),
    "--network=none",
    "do",
  ];
}

async function* runInSandbox(
  request: RunRequest,
  { entry = harnessEntry(), silenceMs }: GvisorSettings,
): AsyncGenerator<TargetLine | ObservationLine> {
  const lack = await findLack();
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const [{ words, isUserNamespace }, version] = await Promise.all([findSandbox(), gvisorVersion()]);
  const command = (results: string): InnerCommand => ({
    file: "sh",
    arguments: [
      ...RESULTS_BY_PIPE,
      results,
      ...words,
      ...runsc(isUserNamespace, dirname(results)),
      ...WITH_OWN_ADDRESSES,
      process.execPath,
      entry,
      ...harnessArguments(request, { pathThere: (path) => path, results: "/dev/stdout" }),
    ],
    environment: {},
  });
  const inside = { target: "gvisor", command, ...(silenceMs && { silenceMs }) };
  yield* amendTarget(measureInside(inside, request), (line) => ({
    ...line,
    os: { ...line.os, name: `gVisor ${version}` },
    runtime: { ...line.runtime, gvisor: version, "kernel below": `${type()} ${release()}` },
  }));
}

// What is written in a sandbox stays there, and a regular file as its output would be written from the start
// again by each of its processes. The exit code is the sandbox's, not that of the end of the pipe.
const RESULTS_BY_PIPE = [
  "-c",
  `exec 3>"$1"
shift
status=$({ { "$@" 3>&- 4>&-; echo $? >&4; } | cat >&3; } 4>&1)
exit "$status"`,
  "sh",
];
