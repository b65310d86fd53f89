import { mkdirSync, writeFileSync } from "node:fs";
import { release, type } from "node:os";
import { dirname, join } from "node:path";
import type { ObservationLine, TargetLine } from "../harness/results/line.ts";
import { amendTarget } from "./amend-target.ts";
import { findMissingProgram } from "./find-program.ts";
import { harnessArguments } from "./harness-arguments.ts";
import { harnessEntry } from "./harness-entry.ts";
import type { InnerCommand } from "./inner-process.ts";
import { measureInside } from "./measure-inside.ts";
import { findEntrance } from "./namespaces.ts";
import { UML_RESULTS_INSIDE, umlInit } from "./prepare/uml-init.ts";
import { TargetProblem, type Availability, type Runner, type RunRequest } from "./runner.ts";

/** What is only set by tests. */
export interface UmlSettings {
  readonly entry?: string;
  readonly silenceMs?: number;
}

/** Another Linux kernel, booted as a program of this machine over its files, which it only reads. */
export function umlRunner(settings: UmlSettings = {}): Runner {
  return {
    name: "uml",
    availability: umlAvailability,
    run: (request) => runInKernel(request, settings),
  };
}

async function umlAvailability(): Promise<Availability> {
  const lack = await findLack();
  if (lack) return { here: false, ...lack };
  const { execa } = await import("execa");
  const { stdout } = await execa("linux.uml", ["--version"], { reject: false, stdin: "ignore" });
  return { here: true, what: `user-mode Linux ${stdout.trim()}` };
}

async function findLack(): Promise<{ readonly why: string; readonly mend: string } | null> {
  if (process.platform !== "linux")
    return { why: "user-mode Linux needs Linux", mend: "use a Linux machine" };
  return findMissingProgram({ "linux.uml": "user-mode-linux", ip: "iproute2", insmod: "kmod" });
}

async function* runInKernel(
  request: RunRequest,
  { entry = harnessEntry(), silenceMs }: UmlSettings,
): AsyncGenerator<TargetLine | ObservationLine> {
  const lack = await findLack();
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const entrance = await wordsBefore();
  const command = (results: string): InnerCommand => {
    const folder = dirname(results);
    const init = join(folder, "init");
    const program = [
      process.execPath,
      entry,
      ...harnessArguments(request, { pathThere: (path) => path, results: UML_RESULTS_INSIDE }),
    ];
    writeFileSync(init, umlInit(program, ownEnvironment()), { mode: 0o755 });
    mkdirSync(join(folder, "uml"));
    return {
      file: "sh",
      arguments: [...RESULTS_ON_3, results, ...entrance, ...kernel(init, folder)],
      // Where the kernel would keep its memory; left alone it looks for a file system in memory
      // (linux/arch/um/os-Linux/mem.c).
      environment: { TMPDIR: undefined, TMP: undefined, TEMP: undefined },
    };
  };
  const inside = { target: "uml", command, ...(silenceMs && { silenceMs }) };
  yield* amendTarget(measureInside(inside, request), (line) => ({
    ...line,
    runtime: { ...line.runtime, "kernel below": `${type()} ${release()}` },
  }));
}

const RESULTS_ON_3 = ["-c", `exec 3>"$1"; shift; exec "$@"`, "sh"];

/**
 * A process namespace in which all that the kernel starts ends with it, where this system allows it. Not in a user
 * namespace, where files of root would have another owner and `mount` would be refused inside.
 */
async function wordsBefore(): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return [];
  try {
    return [...(await findEntrance([], () => ["true"])).words, ...NOT_THE_FIRST];
  } catch {
    return [];
  }
}

// After a panic it ends itself by a signal, which the first process of a namespace does not get.
const NOT_THE_FIRST = ["sh", "-c", '"$@"; exit "$?"', "sh"];

function kernel(init: string, folder: string): string[] {
  return [
    "linux.uml",
    "rootfstype=hostfs",
    "rootflags=/",
    "ro",
    `mem=${MEMORY}`,
    `init="${init}"`,
    `uml_dir=${join(folder, "uml")}`,
    // What the kernel says goes to standard output, results come by a serial line, last words by another.
    "con=null",
    "con0=null,fd:1",
    "ssl=null",
    "ssl0=null,fd:3",
    "ssl1=null,fd:2",
    "quiet",
  ];
}

// Taken from this machine only when it is used.
const MEMORY = "512M";

/** A kernel gets no environment from outside. */
function ownEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[0].startsWith("BINDCHECK_") &&
      entry[0] !== "BINDCHECK_OTHER_PASSWORD" && // Windows alone has a use for it, and this goes into a file
      entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
