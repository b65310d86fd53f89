import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterEach, expect, test } from "vitest";
import { findProgram } from "../../runners/find-program.ts";
import { netnsRunner } from "../../runners/netns.ts";
import { findPort } from "../find-port.ts";
import { bindcheck, makeFolder, PROGRAM, startBindcheck } from "../program/bindcheck.ts";
import { childrenOf, isRunning, until } from "../program/processes.ts";
import { auditServer, ownServer } from "./audit.ts";

const isLinux = process.platform === "linux";
const hasPython = (await findProgram("python3")) !== null;
const hasStrace = (await findProgram("strace")) !== null;
const hasNamespaces = process.geteuid?.() === 0 && (await netnsRunner().availability()).here;
// 40 moments take a minute: npm run audit:whole.
const MOMENTS = process.env["BINDCHECK_WHOLE"] === undefined ? 4 : 40;

const processes: { kill(signal: "SIGKILL"): unknown }[] = [];
afterEach(() => {
  for (const each of processes.splice(0)) each.kill("SIGKILL");
});

for (const [signal, what] of [
  ["SIGKILL", "was ended by SIGKILL"],
  ["SIGSTOP", "was stopped"],
] as const)
  test.runIf(isLinux)(
    `A supervisor that gets ${signal} is noticed, and nothing is left.`,
    async () => {
      const words = ownServer("kills-its-parent", await findPort(), signal);
      const running = startBindcheck(["audit", "--settle=60000", "--", ...words]);
      const { exitCode, stderr } = await running;
      expect(stderr).toBe(
        `audit: the supervisor of the command ${what}; the command's processes were ended`,
      );
      expect(exitCode).toBe(3);
      expect(processesWith(words.at(-2) ?? "")).toEqual([]);
    },
  );

/** Processes that have a word on their command line. */
function processesWith(word: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && isRunning(Number(name)))
    .filter((pid) => commandLineOf(pid).includes(`\0${word}\0`));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

test.runIf(isLinux)(
  "Of a command's output only the end is kept, and all lines of it are said.",
  async () => {
    const running = startBindcheck(["audit", "--", ...ownServer("floods", 300)]);
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, ...familyOf(running.pid ?? 0).map(peakOf));
    }, 20);
    const { exitCode, stderr } = await running;
    clearInterval(watch);
    expect(String(stderr).split("\n")[0]).toMatch(
      /^audit: the command ended before it held a port \(exit code 1\); it last said:$/,
    );
    expect(stderr).toMatch(/\n {2}the cause is\n {4}on two lines$/);
    expect(String(stderr).length).toBeLessThan(6000);
    expect(exitCode).toBe(2);
    expect(most).toBeGreaterThan(1000);
    expect(most).toBeLessThan(200_000);
  },
);

function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/** The most memory that a process has had, in KiB: proc_pid_status(5), VmHWM. */
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

test.runIf(isLinux)(
  "Interrupted while it ends a server that ignores signals, an audit leaves nothing and ends with 130.",
  async () => {
    const folder = await makeFolder();
    let exitCode: number | undefined;
    // On a busy machine the audit may have killed it, and be over, before it is interrupted.
    for (let round = 0; exitCode === undefined || exitCode === 0; round++) {
      const asked = path.join(folder, `asked-${round}`);
      const server = ownServer("ignores-signals", await findPort(), asked);
      const running = startBindcheck(["audit", "--settle=0", "--", ...server]);
      await until(() => existsSync(asked));
      running.kill("SIGINT");
      exitCode = (await running).exitCode;
      expect(processesWith(asked)).toEqual([]);
    }
    expect(exitCode).toBe(130);
  },
);

test("A command does not see the password of the other account.", async () => {
  const file = path.join(await makeFolder(), "environment");
  const words = ownServer("writes-environment", await findPort(), file);
  await bindcheck(["audit", "--settle=0", "--", ...words], {
    env: { BINDCHECK_OTHER_PASSWORD: "secret", BINDCHECK_OTHER_USER: "somebody" },
  });
  expect(readFileSync(file, "utf8")).toContain("somebody");
  expect(readFileSync(file, "utf8")).not.toContain("secret");
});

test.runIf(hasNamespaces)(
  "A command that listens in a network of its own is said to be there.",
  async () => {
    const server = ownServer("http", 8123, "127.0.0.1");
    const script = 'ip link set lo up; exec "$0" "$@"';
    const words = ["audit", "--", "unshare", "--net", "sh", "-c", script, ...server];
    const { exitCode, stderr } = await bindcheck(words);
    expect(stderr).toMatch(
      /^audit: process \d+ of the command listens in a network namespace of its own: start bindcheck/,
    );
    expect(exitCode).toBe(2);
  },
);

test.runIf(isLinux)(
  "Interrupted while it loads, an audit ends with 130 and starts nothing.",
  async () => {
    const folder = await makeFolder();
    const [file, started] = [path.join(folder, "interrupts.cjs"), path.join(folder, "started")];
    const script = `const { Module } = require("node:module");
const children = require("node:child_process");
const { load, spawn } = { load: Module._load, spawn: children.spawn };
Module._load = (...words) => {
  if (/chunks.commands/.test(words[0])) process.kill(process.pid, "SIGTERM");
  return load(...words);
};
children.spawn = (...words) => {
  require("node:fs").writeFileSync(${JSON.stringify(started)}, words[0]);
  return spawn(...words);
};`;
    writeFileSync(file, script);
    const env = { NODE_OPTIONS: `--require=${file}` };
    expect(await bindcheck(["audit"], { env })).toMatchObject({ exitCode: 130, stdout: "" });
    expect(existsSync(started)).toBe(false);
  },
);

test.runIf(hasNamespaces && hasPython)(
  "Of a command that listens here and in a network of its own the latter is not seen, and said so.",
  async () => {
    const server = path.join(import.meta.dirname, "servers/two-networks.py");
    const { report } = await auditServer(
      "--ready-timeout=60000",
      "--",
      "python3",
      server,
      String(await findPort()),
    );
    expect(report.listeners).toHaveLength(1);
    expect(report.unseen).toEqual([
      expect.stringMatching(
        /^what process \d+ of the command holds in a network namespace of its own: run bindcheck/,
      ),
    ]);
  },
);

/** Starts a server that accepts nothing, on which a census waits for long. */
async function startSilentServer(port: number): Promise<void> {
  const file = path.join(import.meta.dirname, "servers/never-accepts.py");
  const server = spawn("python3", [file, String(port)], { stdio: ["ignore", "pipe", "ignore"] });
  processes.push(server);
  await once(server.stdout, "data");
}

/** Whether a connect to a port waits, SYN_SENT: proc_net_tcp.rst of the kernel's documentation. */
function isConnecting(port: number): boolean {
  const remote = port.toString(16).toUpperCase().padStart(4, "0");
  return readFileSync("/proc/net/tcp", "utf8").includes(`:${remote} 02 `);
}

test.runIf(isLinux && hasPython)(
  "A census on a full queue ends at once when interrupted.",
  async () => {
    const port = await findPort();
    await startSilentServer(port);
    const running = startBindcheck(["audit", "--census", `--port=${port}`]);
    await until(() => isConnecting(port)); // the queue is full
    const family = familyOf(running.pid ?? 0);
    running.kill("SIGINT");
    const { exitCode } = await running;
    expect(exitCode).toBe(130);
    expect(family.filter(isRunning)).toEqual([]);
  },
);

// What is under way when the signal comes may reach the kernel a little later; under strace all takes longer.
const UNDER_WAY_SECONDS = 0.5;

test.runIf(isLinux && hasPython && hasStrace)(
  `Interrupted at ${MOMENTS} moments an audit ends with 130, and binds and starts nothing after.`,
  { timeout: 300_000 },
  async () => {
    const folder = await makeFolder();
    const port = await findPort();
    await startSilentServer(port);
    const audits = [
      ["--census", `--port=${port}`],
      [],
      [
        "--ready-timeout=600000",
        "--census",
        "--",
        ...ownServer("logs-traffic", await findPort(), "/dev/null"),
      ],
    ];
    for (let [moment, hits] = [0, 0]; hits < MOMENTS; moment++) {
      const trace = path.join(folder, `trace-${moment}`);
      const what = ["--seccomp-bpf", "-e", "trace=bind,execve,kill", "-e", "signal=SIGINT"];
      const words = ["-f", "-ttt", ...what, "-o", trace];
      // A shell tells both an exit with 130 and an end by SIGINT, before Node has come up, as 130.
      const script = '"$@" & wait $!; echo "ended $?"';
      const program = [process.execPath, PROGRAM, "audit", ...(audits[moment % 3] ?? [])];
      const shell = execa("bash", ["-c", script, "bash", "strace", ...words, ...program]);
      processes.push(shell);
      const members = (): number[] => familyOf(shell.pid ?? 0).slice(2); // without the shell and strace
      await until(() => members().length > 0);
      await sleep(Math.random() * 3800);
      const family = members();
      const command = family.filter((pid) =>
        /^[^\0]*\0[^\0]*logs-traffic/.test(commandLineOf(`${pid}`)),
      );
      const [bindcheckPid] = family;
      if (bindcheckPid === undefined) continue; // it was over
      const interruptedAt = Date.now() / 1000;
      if (!isInterrupted(bindcheckPid)) continue;
      const { stdout } = await shell;
      expect(stdout).toMatch(/ended (130|0|1|3)$/);
      expect(family.filter(isRunning)).toEqual([]);
      if (!stdout.endsWith("ended 130")) continue; // it was just over
      hits++;
      expect(callsAfter(trace, interruptedAt, command)).toEqual([]);
    }
  },
);

/** Interrupts a process, and says whether it was there still. */
function isInterrupted(pid: number): boolean {
  try {
    return process.kill(pid, "SIGINT");
  } catch {
    return false;
  }
}

/**
 * What a trace says was bound or started later: by the command itself, which others may keep from the processor for a while,
 * after it was asked to end.
 */
function callsAfter(trace: string, interruptedAt: number, command: readonly number[]): string[] {
  const lines = readFileSync(trace, "utf8").split("\n");
  const timeOf = (line: string): number => Number(/^\d+\s+([\d.]+) /.exec(line)?.[1] ?? 0);
  // A busy machine hands the signal over when the audit has its turn.
  const heard = lines.find((line) => line.includes(" --- SIGINT "));
  const heardAt = heard === undefined ? interruptedAt : timeOf(heard);
  const askedAt = new Map(
    command.map((pid) => {
      const asking = lines.find((line) => line.includes(` kill(${pid}, SIGTERM`));
      return [pid, asking === undefined ? heardAt : timeOf(asking)];
    }),
  );
  return lines.filter((line) => {
    const over = askedAt.get(Number.parseInt(line, 10)) ?? heardAt;
    return / (?:bind|execve)\(/.test(line) && timeOf(line) > over + UNDER_WAY_SECONDS;
  });
}
