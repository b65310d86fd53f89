import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Line } from "../../harness/results/line.ts";
import {
  HAPPENED,
  bindcheck,
  makeFolder,
  observationsOf,
  readStream,
  startBindcheck,
  verdictsOf,
} from "./bindcheck.ts";
import { MANY, writeManyExperiments } from "./many-experiments.ts";
import { catchBetween, childrenOf, isRunning, until } from "./processes.ts";

/** How an interrupted run ends. */
const CUT_OFF = {
  exitCode: 130,
  stdout: expect.stringMatching(
    /^! [^\n]+; the run was cut off[^\n;]*; \d+ experiments; written: [^\n]+$/,
  ) as string,
  stderr: "",
};

const isLinux = process.platform === "linux";

describe.skipIf(!isLinux)("On Linux, in the middle of a run,", () => {
  let cases = "";
  let clean: ReadonlyMap<string, object>;
  beforeAll(async () => {
    cases = await writeManyExperiments();
    const stream = path.join(await makeFolder(), "clean.ndjson");
    await bindcheck(["run", cases, "--reporter", `ndjson=${stream}`]);
    clean = observationsOf(readStream(stream));
  });

  /** A run of many experiments that has just made its first observations, and its binders. */
  async function startRun(more: readonly string[] = [], detached = false) {
    const stream = path.join(await makeFolder(), "results.ndjson");
    const parameters = ["run", cases, "--reporter", `ndjson=${stream}`, ...more];
    const { running } = await catchBetween(stream, [20, MANY], () =>
      startBindcheck(parameters, { detached }),
    );
    const pid = running.pid!;
    return { running, pid, stream, binders: childrenOf(pid) };
  }

  test("without a fault every experiment is observed.", () => {
    expect(clean.size).toBe(MANY);
  });

  test.each([
    [0, "SIGKILL"],
    [1, "SIGKILL"],
    [0, "SIGSTOP"],
    [1, "SIGSTOP"],
  ] as const)(
    "binder %i gets %s, and the run goes on as if nothing had been.",
    async (index, signal) => {
      const { running, stream, binders } = await startRun(["--timeout", "3000"]);
      expect(binders).toHaveLength(2);
      process.kill(binders[index]!, signal);
      expect(await running).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(HAPPENED),
        stderr: "",
      });
      const lines = readStream(stream);
      expect(observationsOf(lines)).toEqual(clean);
      expect(lines.at(-1)).toMatchObject({
        type: "summary",
        observations: MANY,
        brokenTargets: [],
      });
      for (const binder of binders) expect(isRunning(binder)).toBe(false);
    },
  );

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s ends it with 130; what was measured until then is written, and no process stays.",
    async (signal) => {
      const started = await startRun();
      process.kill(started.pid, signal);
      expect(await started.running).toMatchObject(CUT_OFF);
      expectPartOf(clean, readStream(started.stream));
      await until(() => !started.binders.some(isRunning));
    },
  );

  test("Ctrl-C, which reaches the binders too, ends it just the same.", async () => {
    const started = await startRun([], true);
    process.kill(-started.pid, "SIGINT");
    expect(await started.running).toMatchObject(CUT_OFF);
    expectPartOf(clean, readStream(started.stream));
    await until(() => !started.binders.some(isRunning));
  });

  test("the harness is killed while a binder stands still: the binders end all the same.", async () => {
    const { running, pid, binders } = await startRun();
    process.kill(binders[0]!, "SIGSTOP");
    process.kill(pid, "SIGKILL");
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await until(() => !binders.some(isRunning));
  });

  test("the harness is killed while binders hang in their start: they end all the same.", async () => {
    const hanging = path.resolve("tests/faulty-binders/hangs-in-its-start.cjs");
    const running = startBindcheck(["run", cases], {
      env: { NODE_OPTIONS: `--require=${hanging}` },
    });
    // Before, a child is still a copy of the harness, and then setpriv.
    const isBinder = (pid: number): boolean => {
      if (!isRunning(pid)) return false;
      const [program, file] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return program === process.execPath && file?.endsWith("binder.cjs") === true;
    };
    const binders = (): number[] => childrenOf(running.pid!).filter(isBinder);
    await until(() => binders().length === 2);
    const both = binders();
    process.kill(running.pid!, "SIGKILL");
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await until(() => !both.some(isRunning));
  });

  test("the harness is killed: what it had measured is readable, and the binders end by themselves.", async () => {
    const { running, pid, stream, binders } = await startRun();
    process.kill(pid, "SIGKILL");
    expect(await running).toMatchObject({ signal: "SIGKILL" });
    await until(() => !binders.some(isRunning));
    expectPartOf(clean, readStream(stream));
  });
});

/** Something is there, nothing is wrong, and nothing says that the run was whole. */
function expectPartOf(clean: ReadonlyMap<string, object>, lines: readonly Line[]): void {
  const observations = observationsOf(lines);
  expect(observations.size).toBeGreaterThan(0);
  expect(observations.size).toBeLessThan(clean.size);
  for (const [id, observation] of observations) expect(observation).toEqual(clean.get(id));
  expect(new Set(verdictsOf(lines).map(({ verdict }) => verdict))).toEqual(new Set(["held"]));
  expect(lines.map(({ type }) => type)).not.toContain("summary");
}

describe.skipIf(!isLinux)("On Linux, when another process holds", () => {
  // Below the ports that other runs take at the same time.
  const FROM = 7310;
  const COUNT = 240;
  const held: { close(): unknown }[] = [];
  afterAll(() => {
    for (const socket of held) socket.close();
  });

  async function hold(port: number): Promise<void> {
    const server = createServer().listen({ port, host: "::" });
    const socket = createSocket("udp6").bind(port, "::");
    await Promise.all([once(server, "listening"), once(socket, "listening")]);
    held.push(server, socket);
  }

  async function runOnPorts(
    from: number,
    to: number,
  ): Promise<{ exitCode: number | undefined; lines: Line[] }> {
    const stream = path.join(await makeFolder(), "results.ndjson");
    const { exitCode } = await bindcheck([
      "run",
      "cases/linux/socket-7.yaml",
      "--ports",
      `${from}-${to}`,
      "--reporter",
      `ndjson=${stream}`,
    ]);
    return { exitCode, lines: readStream(stream) };
  }

  test("every port, everything is broken for that reason and nothing is judged.", async () => {
    await Promise.all(Array.from({ length: 20 }, (_, index) => hold(FROM + index)));
    const { exitCode, lines } = await runOnPorts(FROM, FROM + 19);
    const verdicts = verdictsOf(lines);
    expect(exitCode).toBe(3);
    expect(verdicts).toHaveLength(234);
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ verdict: "broken", reason: "control-failed" });
      expect(verdict.detail).toMatch(/: port 73[12]\d was taken: EADDRINUSE$/);
    }
  });

  test("some ports, what is decided is decided right and the rest is broken.", async () => {
    const from = FROM + 100;
    for (let port = from; port < from + COUNT; port += 8) await hold(port);
    const { exitCode, lines } = await runOnPorts(from, from + 2 * COUNT);
    const reasons = verdictsOf(lines).map(({ verdict, reason }) => reason ?? verdict);
    const allowed = new Set(["held", "port-held-by-another", "control-failed"]);
    expect(reasons).toHaveLength(234);
    expect(reasons.filter((reason) => !allowed.has(reason))).toEqual([]);
    expect(reasons).toContain("held");
    expect(exitCode).toBe(reasons.every((reason) => reason === "held") ? 0 : 3);
  });
});
