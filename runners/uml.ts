import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { release, type } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import { BINDER_FILE } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { otherBinders } from "../harness/binder-client/other-binders.ts";
import { inItsUsr } from "./in-its-usr.ts";
import { findMissingProgram, type Lack } from "./find-program.ts";
import { umlInit } from "./prepare/uml-init.ts";
import { takeProcessor } from "./own-processor.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";
import { serialBinders } from "./serial-binders.ts";
import { shellWord } from "./shell-word.ts";
import { findVersion, type FoundVersion } from "./versions/find-version.ts";
import { startWayIn } from "./way-in.ts";

/** Another Linux kernel, booted as a program of this machine over its files, which it only reads. */
export function umlRunner(version?: string): Runner {
  return {
    name: version === undefined ? "uml" : `uml@${version}`,
    availability: () => umlAvailability(version),
    open: () => openUml(version),
  };
}

async function umlAvailability(wanted?: string): Promise<Availability> {
  const lack = await findLack(wanted);
  if (lack) return { here: false, ...lack };
  try {
    const [file = "", ...rest] = programWords(await findKernel(wanted));
    const { execa } = await import("execa");
    const { stdout } = await execa(file, [...rest, "--version"], { stdin: "ignore" });
    return { here: true, what: `user-mode Linux ${stdout.trim()}` };
  } catch (error) {
    const { message, shortMessage = message } = error as Error & { shortMessage?: string };
    return {
      here: false,
      why: `the kernel does not start (${shortMessage})`,
      mend: "run with sudo",
    };
  }
}

async function findLack(wanted?: string): Promise<Lack | null> {
  if (process.platform !== "linux")
    return { why: "user-mode Linux needs Linux", mend: "use a Linux machine" };
  const own = wanted === undefined ? { "linux.uml": "user-mode-linux" } : {};
  return findMissingProgram({ ...own, ip: "iproute2", insmod: "kmod" });
}

/** The kernel of a wanted version, or the first on PATH. Throws TargetProblem. */
async function findKernel(wanted: string | undefined): Promise<FoundVersion> {
  return wanted === undefined ? { program: "linux.uml", usr: null } : findVersion("uml", wanted);
}

/** What starts a program whose libraries may be those of another release. */
function programWords({ program, usr }: FoundVersion): string[] {
  return usr === null ? [program] : inItsUsr(usr, [program]);
}

// Serial lines for binders: of that pair, of experiments that go on alone, and a few that are ending.
const LINES = 15;

async function openUml(wanted?: string): Promise<OpenTarget> {
  const lack = await findLack(wanted);
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const found = await findKernel(wanted);
  const folder = openRunFolder();
  const init = join(folder.path, "init");
  const binder = [process.execPath, BINDER_FILE];
  const modules = modulesOf(found);
  const places = { folder: join(folder.path, "requests"), modules };
  const isUserNamespace = found.usr !== null && process.getuid?.() !== 0;
  const settings = { environment: ownEnvironment(), isUserNamespace };
  writeFileSync(init, umlInit(binder, settings, places), { mode: 0o755 });
  mkdirSync(join(folder.path, "uml"));
  mkdirSync(join(folder.path, "requests"));
  const command = kernel(found, init, folder.path);
  const processor = await takeProcessor();
  const way = startWayIn([...OWN_PROCESSES, ...processor.words, ...command], {
    // Where the kernel would keep its memory; left alone it looks for a file system in memory
    // (linux/arch/um/os-Linux/mem.c).
    environment: { TMPDIR: undefined, TMP: undefined, TEMP: undefined },
    more: Array.from({ length: LINES + 1 }, () => "pipe" as const),
  });
  way.child.stdout?.resume();
  const [control, ...lines] = way.child.stdio.slice(FIRST_LINE);
  const problem = (): string | null => {
    const ending = way.ending();
    return ending && `The kernel ended (${ending})`;
  };
  let hasIpv6 = true;
  const start = serialBinders(control, lines, {
    folder: join(folder.path, "requests"),
    ending: problem,
    onLackOfIpv6: () => void (hasIpv6 = false),
    over: way.over,
  });
  const others = otherBinders(start);
  return {
    start,
    startAsOther: others.startAsOther,
    outside: { runtime: { "kernel below": `${type()} ${release()}` } },
    hasOnePair: true, // it has one processor
    ipv6Problem: () => (hasIpv6 ? null : `the kernel has no IPv6: its module is not in ${modules}`),
    problem,
    async close() {
      others.end();
      way.end();
      await way.over;
      processor.leave();
      await folder.remove();
    },
  };
}

/**
 * A process namespace in which all that the kernel starts ends with it. Not in a user namespace, where files of root
 * would have another owner and `mount` would be refused inside. The kernel is not its first process: after a panic it
 * ends itself by a signal, which that one does not get.
 */
const OWN_PROCESSES: readonly string[] =
  process.getuid?.() === 0
    ? ["unshare", "--pid", "--fork", "--kill-child=KILL", "sh", "-c", '"$@"; exit "$?"', "sh"]
    : [];

// Descriptors before it are the usual ones and that of the way in.
const FIRST_LINE = 4;

/** Kernel modules lie beside their kernel, or where the machine has its own. */
function modulesOf({ program, usr }: FoundVersion): string {
  const beside = join(dirname(program), "../lib/uml/modules");
  if (usr === null) return isAbsolute(program) && existsSync(beside) ? beside : OWN_MODULES;
  return join(usr, "lib/uml/modules");
}

const OWN_MODULES = "/usr/lib/uml/modules";

/** This machine's files as the kernel's root, also where its own process sees another /usr. */
function kernel(found: FoundVersion, init: string, folder: string): string[] {
  const files = found.usr === null ? "/" : join(folder, "files");
  if (found.usr !== null) mkdirSync(files);
  const command = [
    found.program,
    "rootfstype=hostfs",
    `rootflags=${files}`,
    "ro",
    `mem=${MEMORY}`,
    `init="${init}"`,
    `uml_dir=${join(folder, "uml")}`,
    // What the kernel says are last words.
    "con=null",
    "con0=null,fd:2",
    "ssl=null",
    ...Array.from({ length: LINES + 1 }, (_, line) => `ssl${line}=fd:${FIRST_LINE + line}`),
    "quiet",
    // Its processes trap by seccomp where the kernel can (6.16 and later): half the time that ptrace takes.
    "seccomp=auto",
  ];
  if (found.usr === null) return command;
  return inItsUsr(found.usr, command, `mount --rbind / ${shellWord(files)}`);
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
