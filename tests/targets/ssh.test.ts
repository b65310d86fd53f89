import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Line, ObservationLine } from "../../harness/results/line.ts";
import { TargetProblem } from "../../runners/runner.ts";
import { sshRunner } from "../../runners/ssh.ts";
import { bindcheck, makeFolder, readStream, startBindcheck } from "../program/bindcheck.ts";
import { describeTarget } from "../require-target.ts";
import { measureOn, type Measured, type Measuring } from "./measure-on.ts";
import { runningProcesses } from "./running-processes.ts";
import { sshServerAvailability } from "./ssh-server-availability.ts";
import { startSshServer, type SshServer } from "./ssh-server.ts";

const TABLES = ["cases/linux/bind-wildcard.yaml", "cases/linux/three-sockets.yaml"];
const NODE_FOLDER = path.dirname(process.execPath);
const RUN_MS = 180_000;

describeTarget("ssh", await sshServerAvailability(), () => {
  let folder = "";
  let server: SshServer;
  /** Where the logins keep temporary files. */
  const there = (): string => path.join(folder, "there");
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "ssh-test-"));
    mkdirSync(there());
    // The harness there runs as another account too, which must get to its files.
    for (const each of [folder, there()]) chmodSync(each, 0o755);
    server = await startSshServer(folder, {
      PATH: `${NODE_FOLDER}:/usr/bin:/bin`,
      TMPDIR: there(),
    });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    vi.stubEnv("PATH", `${server.programs}:${process.env["PATH"]}`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await vi
      .waitUntil(() => leftovers(server, there()).length === 0, 60_000)
      .catch(() => {
        throw new Error(`Left behind: ${leftovers(server, there()).join(", ")}`);
      });
  });

  function measure(different: Partial<Measuring> = {}, host = "good"): Promise<Measured> {
    return measureOn(sshRunner(host), { files: TABLES, ...different });
  }

  test("observes the same as this machine does itself", { timeout: RUN_MS }, async () => {
    const results = await makeFolder();
    const outcomes = new Map<string, Map<string, string>>();
    for (const target of ["local", "ssh:good"]) {
      const file = path.join(results, "results.ndjson");
      const { stderr } = await bindcheck([
        "run",
        ...TABLES,
        `--on=${target}`,
        `--reporter=ndjson=${file}`,
        "--reporter=tap=/dev/null",
      ]);
      expect(stderr).not.toContain("cannot");
      outcomes.set(target, outcomesOf(readStream(file), target));
    }
    expect(outcomes.get("local")?.size).toBeGreaterThan(100);
    expect(outcomes.get("ssh:good")).toEqual(outcomes.get("local"));
  });

  test("keeps what was measured before the connection broke", { timeout: RUN_MS }, async () => {
    const { observations, error } = await measure({
      each(line) {
        if (line.type === "observation") for (const pid of server.sessions()) end(pid);
      },
    });
    expect(observations.length).toBeGreaterThan(0);
    expect(error).toBeInstanceOf(TargetProblem);
    // Whether ssh was reading or writing when its connection went decides what it says.
    expect(error?.message).toMatch(
      /^The connection to good was lost \(ssh said: .*(closed by remote host|Broken pipe|reset by peer).*\)$/,
    );
  });

  test("leaves nothing when it is aborted at any time", { timeout: RUN_MS }, async () => {
    for (const afterMs of [0, 300, 600, 900]) {
      const { outcomes } = await measure({ signal: AbortSignal.timeout(afterMs) });
      expect(outcomes).not.toContain("broken");
    }
  });

  test.each(["SIGINT", "SIGKILL"] as const)(
    "leaves nothing when the program gets %s",
    { timeout: RUN_MS },
    async (signal) => {
      const program = startBindcheck(["run", "--on=ssh:good", "--reporter=ndjson=-"], {
        buffer: false,
      });
      program.stdout?.on("data", (text: Buffer) => {
        // Once: a second one ends it without ado.
        if (text.includes('"observation"') && !program.killed) program.kill(signal);
      });
      const { exitCode } = await program;
      expect(exitCode).toBe(signal === "SIGINT" ? 130 : undefined);
    },
  );

  test.each([
    [
      "stranger",
      /^stranger refuses the login \(.*Permission denied \(publickey\)\.\); give it a key/,
    ],
    ["unknown", /^The host key of unknown is not known here, .* with: ssh unknown$/],
    [
      "127.0.0.1:1",
      /^Cannot reach 127\.0\.0\.1:1 by SSH \(.*Connection refused\); .*: ssh -p 1 127/,
    ],
  ])("%s cannot be reached, which is reported in one sentence", async (host, sentence) => {
    const { error, target } = await measure({}, host);
    expect(target).toBeUndefined();
    expect(error).toBeInstanceOf(TargetProblem);
    expect(error?.message).toMatch(sentence);
  });

  test.each([
    ["", /^127\.0\.0\.1:\d+ has no Node for a login without a terminal \(it said: .*not found\)/],
    [
      "echo linuxx64v18.20.8",
      /^127\.0\.0\.1:\d+ has Node 18\.20\.8; install 20\.19 or newer there$/,
    ],
    [
      "echo linuxs390xv22.1.0",
      /^Sockets cannot be called there: koffi has no build for linux on s390x$/,
    ],
  ])("a Node there that is %j is reported in one sentence", async (script, sentence) => {
    const bin = mkdtempSync(path.join(folder, "bin-"));
    if (script) writeFileSync(path.join(bin, "node"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const other = await startSshServer(bin, { PATH: bin });
    vi.stubEnv("PATH", `${other.programs}:${process.env["PATH"]}`);
    try {
      const { error } = await measure({}, `127.0.0.1:${other.port}`);
      expect(error?.message).toMatch(sentence);
    } finally {
      await other.stop();
    }
  });

  test(
    "keeps its file on the host where asked to, and copies it once",
    { timeout: RUN_MS },
    async () => {
      const kept = (): string[] =>
        filesOfLogin().filter((name) => name.startsWith(".bindcheck-kept-"));
      vi.stubEnv("BINDCHECK_SSH_KEEP", "1");
      const times = new Set<number>();
      try {
        for (const _ of [1, 2]) {
          const { error, outcomes } = await measure();
          expect(error).toBeUndefined();
          expect(outcomes).toContain("success");
          for (const name of kept()) times.add(statSync(path.join(LOGIN_HOME, name)).mtimeMs);
        }
        expect(times.size).toBe(1);
      } finally {
        for (const name of kept()) rmSync(path.join(LOGIN_HOME, name));
      }
    },
  );

  test("is one broken target; the others go on", { timeout: RUN_MS }, async () => {
    const [table = ""] = TABLES;
    const { exitCode, stdout } = await bindcheck([
      "run",
      table,
      "--on=ssh:127.0.0.1:1",
      "--on=local",
      "--reporter=ndjson=-",
    ]);
    const lines = stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    expect(lines.filter(({ type }) => type === "target-problem")).toHaveLength(1);
    expect(outcomesOf(lines, "local").size).toBeGreaterThan(50);
    expect(lines.at(-1)).toMatchObject({ type: "summary", brokenTargets: ["ssh:127.0.0.1:1"] });
    expect(exitCode).toBe(3);
  });
});

/** Where a login on this machine begins, whatever HOME says. */
const LOGIN_HOME = userInfo().homedir;
const THERE_BEFORE: ReadonlySet<string> = new Set(readdirSync(LOGIN_HOME));

/** Files of bindcheck's that logins have left there. */
function filesOfLogin(): string[] {
  return readdirSync(LOGIN_HOME).filter(
    (name) => name.startsWith(".bindcheck-") && !THERE_BEFORE.has(name),
  );
}

/** Processes and files of logins that should be over. */
function leftovers(server: SshServer, temporary: string): string[] {
  return [
    ...server.sessions().map((pid) => `connection ${pid}`),
    ...runningProcesses(temporary).map((pid) => `process ${pid}`),
    ...readdirSync(temporary),
    ...filesOfLogin(),
  ];
}

function outcomesOf(lines: readonly Line[], target: string): Map<string, string> {
  const observations = lines.filter(
    (line): line is ObservationLine => line.type === "observation" && line.target === target,
  );
  return new Map(
    observations.map(({ experiment, outcome }) => [experiment.id, JSON.stringify(outcome)]),
  );
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}
