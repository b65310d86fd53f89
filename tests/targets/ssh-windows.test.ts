import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sshRunner } from "../../runners/ssh.ts";
import { wineRunner } from "../../runners/wine.ts";
import { describeTarget } from "../require-target.ts";
import { measureOn, type Measured, type Measuring } from "./measure-on.ts";
import { runningProcesses } from "./running-processes.ts";
import { startWindowsLogin, type WindowsLogin } from "./windows-login.ts";

const TABLE = "cases/windows/so-exclusiveaddruse.yaml";
// The first one downloads koffi for Windows.
const RUN_MS = 240_000;

// Not Windows and not its SSH server, but the commands, cmd.exe, Node, koffi and processes as they are there.
describeTarget("wine", await wineRunner().availability(), () => {
  let folder = "";
  let windows: WindowsLogin;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "ssh-windows-"));
    windows = await startWindowsLogin(folder);
  }, 300_000);
  afterAll(async () => {
    await windows.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    vi.stubEnv("PATH", `${windows.programs}:${process.env["PATH"]}`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await vi
      .waitUntil(() => readdirSync(windows.home).length === 0, 60_000)
      .catch(() => {
        throw new Error(`Left behind: ${readdirSync(windows.home).join(", ")}`);
      });
  });

  function measure(different: Partial<Measuring> = {}): Promise<Measured> {
    return measureOn(sshRunner("windows"), { files: [TABLE], ...different });
  }

  test("a login to cmd.exe measures like any other", { timeout: RUN_MS }, async () => {
    const { target, observations, outcomes, error } = await measure();
    expect(error).toBeUndefined();
    expect(target).toMatchObject({ target: "ssh:windows", platform: { implements: "windows" } });
    expect(observations.length).toBeGreaterThanOrEqual(180);
    expect(outcomes).not.toContain("broken");
  });

  test("it leaves nothing when it is aborted", { timeout: RUN_MS }, async () => {
    const abort = new AbortController();
    const { observations } = await measure({ signal: abort.signal, each: () => abort.abort() });
    expect(observations.length).toBeLessThan(180);
  });

  test("it leaves nothing when the connection breaks", { timeout: RUN_MS }, async () => {
    const { observations, error } = await measure({
      each(line) {
        if (line.type !== "observation") return;
        for (const pid of runningProcesses("windows-login/client.mjs")) end(Number(pid));
      },
    });
    expect(observations.length).toBeGreaterThan(0);
    expect(error?.message).toBe("The connection to windows was lost");
  });
});

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has just ended.
  }
}
