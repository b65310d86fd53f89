import { release } from "node:os";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import { amendTarget } from "./amend-target.ts";
import { findMissingProgram } from "./find-program.ts";
import { harnessArguments } from "./harness-arguments.ts";
import { harnessEntry } from "./harness-entry.ts";
import { measureInside } from "./measure-inside.ts";
import { findEntrance, type Entrance } from "./namespaces.ts";
import { WITH_OWN_ADDRESSES } from "./own-addresses.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";

/** What is only set by tests. */
export interface NetnsSettings {
  readonly entry?: string;
  readonly silenceMs?: number;
}

/** The kernel of this machine, in a network namespace that nobody else uses, with addresses of its own. */
export function netnsRunner({ entry = harnessEntry(), silenceMs }: NetnsSettings = {}): Runner {
  return {
    name: "netns",
    availability: netnsAvailability,
    run: (request) => runInNamespace(request, entry, silenceMs),
  };
}

async function netnsAvailability(): Promise<Availability> {
  const lack = await findLack();
  if (lack) return { here: false, ...lack };
  try {
    const { isUserNamespace } = await findNetworkNamespace();
    return { here: true, what: `${describe(isUserNamespace)} of Linux ${release()}` };
  } catch (error) {
    return { here: false, why: (error as Error).message, mend: "run with sudo" };
  }
}

async function findLack(): Promise<{ readonly why: string; readonly mend: string } | null> {
  if (process.platform !== "linux")
    return { why: "network namespaces are Linux's", mend: "bindcheck run --on local" };
  return findMissingProgram({ unshare: "util-linux", ip: "iproute2" });
}

/** How to start a command in a network namespace with addresses of its own. Throws TargetProblem. */
async function findNetworkNamespace(): Promise<Entrance> {
  const { words, isUserNamespace } = await findEntrance(["--net"], () => [
    ...WITH_OWN_ADDRESSES,
    "true",
  ]);
  return { words: [...words, ...WITH_OWN_ADDRESSES], isUserNamespace };
}

function describe(isUserNamespace: boolean): string {
  return `${isUserNamespace ? "user, network and process" : "network and process"} namespaces`;
}

async function* runInNamespace(
  request: RunRequest,
  entry: string,
  silenceMs: number | undefined,
): AsyncGenerator<TargetLine | ObservationLine> {
  const lack = await findLack();
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const { words, isUserNamespace } = await findNetworkNamespace();
  const [file = "", ...rest] = words;
  const command = (results: string) => ({
    file,
    arguments: [
      ...rest,
      process.execPath,
      entry,
      ...harnessArguments(request, { pathThere: (path) => path, results }),
    ],
    environment: {},
  });
  const lines = measureInside(
    { target: "netns", command, ...(silenceMs && { silenceMs }) },
    request,
  );
  yield* amendTarget(lines, (line) => ({
    ...line,
    runtime: { ...line.runtime, isolation: describe(isUserNamespace) },
  }));
}
