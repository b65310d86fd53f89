import { mkdirSync, mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openRunFolder } from "../../runners/run-folder.ts";
import { TargetProblem, type Runner } from "../../runners/runner.ts";
import { catchBetween } from "../program/processes.ts";
import { HAPPENED, makeFolder, readStream, startBindcheck } from "../program/bindcheck.ts";
import { measureOn, type Measured } from "./measure-on.ts";
import { controlGroups, descendantsNamed, takeTraces, untilGone, type Traces } from "./traces.ts";

/** A target that is a program of this machine. */
export interface Elsewhere {
  readonly runner: Runner;
  /** A case file of enough experiments that some are left when the first are observed. */
  readonly file: string;
  /** In the command line of a process that the target does not outlive. */
  readonly process: string;
  /** In the command lines of binders; none where these are no processes of this machine. */
  readonly binders: readonly string[];
  /** What is said of a target whose process was killed. */
  readonly killed: RegExp;
}

// A few seconds, on a machine with nothing else to do.
const RUN_MS = 180_000;

// Of the lines that a run of the smallest of the files writes.
const HALF = 200;

/** Tests that every such target must pass. Nothing may be left of it after any of them. */
export function testElsewhere({ runner, file, process: text, binders, killed }: Elsewhere): void {
  let results = "";
  let folder = "";
  let mounts = "";
  let groups: readonly string[] = [];
  beforeAll(async () => {
    results = await makeFolder();
  });
  beforeEach(() => {
    // Others cannot enter what holds it, as with a user's own temporary folder.
    folder = mkdtempSync(join(tmpdir(), "target-test-"));
    vi.stubEnv("TMPDIR", join(folder, "tmp"));
    mkdirSync(join(folder, "tmp"));
    mounts = readFileSync("/proc/mounts", "utf8");
    groups = controlGroups();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await vi.waitFor(() => {
      expect(readFileSync("/proc/mounts", "utf8")).toBe(mounts);
      expect(controlGroups()).toEqual(groups);
    }, 30_000);
    // Fails when anything was left in it.
    rmdirSync(join(folder, "tmp"));
    rmdirSync(folder);
  });

  /** Measures; at the first observation something is done to it. */
  async function measure(
    interfere: () => void,
    signal?: AbortSignal,
  ): Promise<Measured & { readonly traces: Traces }> {
    let traces: Traces | null = null;
    const measured = await measureOn(runner, {
      files: [file],
      ...(signal && { signal }),
      each(line) {
        if (line.type !== "observation" || traces) return;
        traces = takeTraces();
        interfere();
      },
    });
    if (traces === null) throw measured.error ?? new Error("nothing was observed");
    await untilGone(traces);
    return { ...measured, traces };
  }

  test(
    "is broken when it is killed, and keeps what was measured",
    { timeout: RUN_MS },
    async () => {
      const { observations, error, traces } = await measure(() => {
        kill(descendantsNamed(text)[0]);
      });
      expect(observations.length).toBeGreaterThan(0);
      expect(error).toBeInstanceOf(TargetProblem);
      expect(error?.message).toMatch(killed);
      expect(traces.processes.length).toBeGreaterThan(1);
      expect(traces.namespaces.join(" ")).toMatch(/pid:/);
    },
  );

  test.each(binders)("goes on when a binder, %s, is killed", { timeout: RUN_MS }, async (name) => {
    const { observations, outcomes, error } = await measure(() => {
      kill(descendantsNamed(name).at(-1));
    });
    expect(error).toBeUndefined();
    expect(observations.length).toBeGreaterThan(100);
    expect(outcomes).not.toContain("broken");
  });

  test("leaves nothing behind when it is aborted", { timeout: RUN_MS }, async () => {
    const abort = new AbortController();
    const { observations, error } = await measure(() => abort.abort(), abort.signal);
    expect(observations.length).toBeGreaterThan(0);
    expect(error).toBeUndefined();
  });

  /** A run of the program that stands still after its first observations, and its traces. */
  async function startRun(stream: string) {
    const words = ["run", file, "--on", runner.name, "--reporter", `ndjson=${stream}`];
    const { running } = await catchBetween(stream, [4, HALF], () => startBindcheck(words));
    kill(running.pid, "SIGSTOP"); // else it might be over when the traces are taken
    return { running, traces: takeTraces(running.pid) };
  }

  test("leaves nothing running when the program is killed", { timeout: RUN_MS }, async () => {
    const { running, traces } = await startRun(join(results, "killed.ndjson"));
    kill(running.pid);
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await untilGone(traces);
    expect(traces.namespaces).not.toEqual([]);
    // Files that it could not remove go with the next run.
    await openRunFolder().remove();
  });

  test("leaves nothing behind when the program is interrupted", { timeout: RUN_MS }, async () => {
    const stream = join(results, "results.ndjson");
    const { running, traces } = await startRun(stream);
    kill(running.pid, "SIGINT");
    kill(running.pid, "SIGCONT");
    expect(await running).toMatchObject({ exitCode: 130, stdout: expect.stringMatching(HAPPENED) });
    await untilGone(traces);
    expect(traces.namespaces).not.toEqual([]);
    expect(readStream(stream).filter(({ type }) => type === "observation")).not.toEqual([]);
  });
}

/** Id 0 would be this test's own process group. */
function kill(pid: number | undefined, signal: NodeJS.Signals = "SIGKILL"): void {
  if (pid === undefined) throw new Error("there is no such process to end");
  process.kill(pid, signal);
}
