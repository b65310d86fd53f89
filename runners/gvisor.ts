import { mkdirSync, writeFileSync } from "node:fs";
import { release, type } from "node:os";
import { basename, join } from "node:path";
import { BINDER_FILE, localBinders } from "../harness/binder-client/local-binders.ts";
import type { OpenTarget } from "../harness/binder-client/open-target.ts";
import { otherBinders } from "../harness/binder-client/other-binders.ts";
import { findMissingProgram, type Lack } from "./find-program.ts";
import { makeNamespaces, type Namespaces } from "./namespaces.ts";
import { ADD_OWN_ADDRESSES } from "./own-addresses.ts";
import type { Preparation } from "./prepare/preparation.ts";
import { openRunFolder } from "./run-folder.ts";
import { TargetProblem, type Availability, type Runner } from "./runner.ts";
import { shellWord, shellWords } from "./shell-word.ts";
import { findVersion } from "./versions/find-version.ts";

/** gVisor's own network stack: a sandbox of runsc over the files of this machine. */
export function gvisorRunner(version?: string): Runner {
  return {
    name: version === undefined ? "gvisor" : `gvisor@${version}`,
    availability: () => gvisorAvailability(version),
    open: (preparation) => openGvisor(preparation, version),
  };
}

async function gvisorAvailability(wanted?: string): Promise<Availability> {
  const lack = await findLack(wanted);
  if (lack) return { here: false, ...lack };
  const folder = openRunFolder();
  try {
    const runsc = await findRunsc(wanted);
    const { version } = await readRunsc(runsc);
    const sandbox = await makeSandbox(runsc, folder.path);
    await sandbox.namespaces.end();
    return { here: true, what: `gVisor ${version}` };
  } catch (error) {
    return { here: false, why: (error as Error).message, mend: "run with sudo" };
  } finally {
    await folder.remove();
  }
}

async function findLack(wanted?: string): Promise<Lack | null> {
  if (process.platform !== "linux")
    return { why: "gVisor needs Linux", mend: "use a Linux machine" };
  const own = wanted === undefined ? { runsc: "runsc" } : {};
  return findMissingProgram({ ...own, ip: "iproute2", unshare: "util-linux" });
}

/** The program of a wanted version, or the first on PATH. Throws TargetProblem. */
async function findRunsc(wanted: string | undefined): Promise<string> {
  return wanted === undefined ? "runsc" : (await findVersion("gvisor", wanted)).program;
}

/** Its version, and the fastest of its ways to catch system calls that works everywhere. */
async function readRunsc(
  runsc: string,
): Promise<{ readonly version: string; readonly platform: string }> {
  const { execa } = await import("execa");
  const settings = { reject: false, stdin: "ignore" } as const;
  const [told, flags] = await Promise.all([
    execa(runsc, ["--version"], settings),
    execa(runsc, ["flags"], settings),
  ]);
  const version = /^runsc version (?:release-)?(\S+)/m.exec(told.stdout)?.[1] ?? "unknown";
  // KVM is faster still, but hangs where it is itself emulated.
  const hasSystrap = `${flags.stdout}${flags.stderr}`.includes("systrap");
  return { version, platform: hasSystrap ? "systrap" : "ptrace" };
}

interface Sandbox {
  readonly namespaces: Namespaces;
  /** What comes before a command that is to run in it. */
  readonly enter: readonly string[];
}

/** Starts a sandbox whose files are in `folder`. Throws TargetProblem. */
async function makeSandbox(
  program: string,
  folder: string,
  platform = "ptrace",
  signal?: AbortSignal,
): Promise<Sandbox> {
  const runsc = (isUserNamespace: boolean): string[] => [
    program,
    `--root=${join(folder, "root")}`,
    // A sandbox that is killed would leave its control groups behind.
    "--ignore-cgroups",
    ...(isUserNamespace ? ["--rootless"] : []),
    "--network=none",
    `--platform=${platform}`,
  ];
  // Its control socket has an abstract name, so two sandboxes of one name cannot run at the same time.
  const container = basename(folder);
  mkdirSync(join(folder, "root"));
  writeFileSync(join(folder, "config.json"), JSON.stringify(bundle()));
  const namespaces = await makeNamespaces({
    // runsc sets processes up by their ids in /proc, which must be those of their own namespace.
    flags: ["--mount-proc"],
    setUp(isUserNamespace) {
      const command = shellWords(runsc(isUserNamespace));
      const log = shellWord(join(folder, "log"));
      return [
        // With its output in a pipe, the sandbox would hold that open.
        `${command} run --detach --bundle ${shellWord(folder)} ${container} </dev/null >${log} 2>&1 ||`,
        `{ cat ${log} >&2; exit 1; }`,
        `${command} exec ${container} sh -c ${shellWord(ADD_OWN_ADDRESSES)} </dev/null >&2`,
      ].join("\n");
    },
    // The sandbox makes its root there, as an account that cannot enter a private folder (gVisor's runsc/cmd/chroot.go).
    environment: { TMPDIR: undefined },
    ...(signal && { signal }),
  });
  const { enter, isUserNamespace } = namespaces;
  return { namespaces, enter: [...enter, ...runsc(isUserNamespace), "exec", container] };
}

/** An OCI bundle (opencontainers/runtime-spec, config.md): this machine's files, read-only, and a process that sleeps. */
function bundle(): object {
  const environment = Object.entries(process.env).filter(
    ([name]) => /^(PATH|BINDCHECK_.*)$/.test(name) && name !== "BINDCHECK_OTHER_PASSWORD",
  );
  return {
    ociVersion: "1.0.0",
    process: {
      args: ["sleep", "infinity"],
      cwd: "/",
      env: environment.map(([name, value]) => `${name}=${value}`),
      user: { uid: 0, gid: 0 },
      capabilities: Object.fromEntries(CAPABILITY_SETS.map((name) => [name, CAPABILITIES])),
    },
    root: { path: "/", readonly: true },
    mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
    linux: {
      namespaces: ["pid", "network", "ipc", "uts", "mount"].map((name) => ({ type: name })),
    },
  };
}

const CAPABILITY_SETS = ["bounding", "effective", "inheritable", "permitted"];
// capabilities(7): what the addresses, low ports and other accounts take.
const CAPABILITIES = [
  "CAP_NET_ADMIN",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_RAW",
  "CAP_SETUID",
  "CAP_SETGID",
  "CAP_KILL",
  "CAP_DAC_OVERRIDE",
];

async function openGvisor({ signal }: Preparation, wanted?: string): Promise<OpenTarget> {
  const lack = await findLack(wanted);
  if (lack) throw new TargetProblem(`${lack.why}; get it with: ${lack.mend}`);
  const runsc = await findRunsc(wanted);
  const { version, platform } = await readRunsc(runsc);
  const folder = openRunFolder();
  try {
    const { namespaces, enter } = await makeSandbox(runsc, folder.path, platform, signal);
    const [file = "", ...rest] = enter;
    const start = localBinders({ file, arguments: [...rest, process.execPath, BINDER_FILE] });
    const others = otherBinders(start);
    return {
      start,
      startAsOther: others.startAsOther,
      outside: {
        systemName: `gVisor ${version}`,
        runtime: { gvisor: version, "kernel below": `${type()} ${release()}` },
      },
      problem() {
        const ending = namespaces.ending();
        return ending && `The sandbox was lost (${ending})`;
      },
      async close() {
        others.end();
        await namespaces.end();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
