import { mkdtempSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openRunFolder } from "../../runners/run-folder.ts";
import { TargetProblem, type Runner, type RunRequest } from "../../runners/runner.ts";
import { countLines, until } from "../program/processes.ts";
import { makeFolder, readStream, startBindcheck } from "../program/bindcheck.ts";
import { collect, runRequest } from "./run-request.ts";
import { standIn } from "./stand-in.ts";
import { controlGroups, descendantsNamed, remains, takeTraces, type Traces } from "./traces.ts";

/** A target of Linux that is a program of this machine. */
export interface Elsewhere {
  readonly name: string;
  readonly make: (settings: { readonly entry?: string; readonly silenceMs?: number }) => Runner;
  /** In the command line of the process that is the target. */
  readonly process: string;
  /** What is said of a target whose process was killed. */
  readonly killed: RegExp;
  /** What is said of a harness that ends with 70 in it. */
  readonly died: string;
}

const three = ["one", "two", "three"];
const RUN_MS = 60_000;

/** Tests that every such target must pass. Nothing may be left of it after any of them. */
export function testElsewhere({ name, make, process: text, killed, died }: Elsewhere): void {
  let results = "";
  let folder = "";
  let mounts = "";
  let groups: readonly string[] = [];
  beforeAll(async () => {
    results = await makeFolder();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "target-test-"));
    vi.stubEnv("TMPDIR", folder);
    mounts = readFileSync("/proc/mounts", "utf8");
    groups = controlGroups();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    expect(readFileSync("/proc/mounts", "utf8")).toBe(mounts);
    expect(controlGroups()).toEqual(groups);
    // Fails when anything was left in it.
    rmdirSync(folder);
  });

  /** Runs a stand-in; at its last observation it is interfered with. */
  async function measure(
    habit: string,
    different: Partial<RunRequest> = {},
    interfere: () => void = () => undefined,
  ) {
    let traces: Traces = { processes: [], namespaces: [] };
    const lines = make({ entry: standIn(habit) }).run(runRequest(different));
    const collected = await collect(lines, (line) => {
      if (line.type !== "observation") return;
      traces = takeTraces();
      if (line.experiment.id === "last") interfere();
    });
    await until(() => remains(traces).length === 0);
    return { ...collected, traces };
  }

  test(
    "passes arguments on unharmed and gives what was measured",
    { timeout: RUN_MS },
    async () => {
      const filter = ["a > b", String.raw`/\d"x"'y'$/`, "é漢", "$HOME `id`", "tail\\", ""];
      const { selection } = runRequest();
      const { target, names, observed, error } = await measure("whole", {
        selection: { ...selection, filter },
      });
      expect(error).toBeUndefined();
      expect(observed).toEqual(three);
      expect(names).toEqual(new Set([name]));
      expect(JSON.parse(target?.runtime["arguments"] ?? "")).toEqual(
        expect.arrayContaining(filter.map((words) => `--filter=${words}`)),
      );
    },
  );

  test("keeps what was measured before the harness died", { timeout: RUN_MS }, async () => {
    const { observed, error } = await measure("dies");
    expect(observed).toEqual(three);
    expect(error).toEqual(
      new TargetProblem(
        `The harness inside ${name} ended before it was done (${died}; it last said: out of luck)`,
      ),
    );
  });

  test(
    "is broken when it is killed, and keeps what was measured",
    { timeout: RUN_MS },
    async () => {
      const { observed, error, traces } = await measure("hangs", {}, () => {
        const [target = 0] = descendantsNamed(text);
        process.kill(target, "SIGKILL");
      });
      expect(observed).toEqual([...three, "last"]);
      expect(error).toBeInstanceOf(TargetProblem);
      expect(error?.message).toMatch(killed);
      expect(traces.processes.length).toBeGreaterThan(1);
      expect(traces.namespaces.join(" ")).toMatch(/pid:/);
    },
  );

  test("leaves nothing behind when it is aborted", { timeout: RUN_MS }, async () => {
    const abort = new AbortController();
    const { observed, error } = await measure("hangs", { signal: abort.signal }, () =>
      abort.abort(),
    );
    expect(observed).toEqual([...three, "last"]);
    expect(error).toBeUndefined();
  });

  test("leaves nothing running when the program is killed", { timeout: RUN_MS }, async () => {
    const stream = join(results, "killed.ndjson");
    const run = ["run", "cases/linux/socket-7.yaml", "--on", name];
    const running = startBindcheck([...run, "--reporter", `ndjson=${stream}`]);
    await until(() => countLines(stream) > 4);
    const traces = takeTraces(running.pid);
    process.kill(running.pid ?? 0, "SIGKILL");
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await until(() => remains(traces).length === 0);
    expect(traces.namespaces).not.toEqual([]);
    // Files that it could not remove go with the next run.
    await openRunFolder().remove();
  });

  test("leaves nothing behind when the program is interrupted", { timeout: RUN_MS }, async () => {
    const stream = join(results, "results.ndjson");
    const run = ["run", "cases/linux/socket-7.yaml", "--on", name];
    const running = startBindcheck([...run, "--reporter", `ndjson=${stream}`]);
    await until(() => countLines(stream) > 4);
    const traces = takeTraces(running.pid);
    process.kill(running.pid ?? 0, "SIGINT");
    expect(await running).toMatchObject({ exitCode: 130, stdout: "" });
    await until(() => remains(traces).length === 0);
    expect(traces.namespaces).not.toEqual([]);
    expect(readStream(stream).filter(({ type }) => type === "observation")).not.toEqual([]);
  });
}
