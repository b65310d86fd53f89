import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { netnsRunner } from "../../runners/netns.ts";
import { TargetProblem, type RunRequest } from "../../runners/runner.ts";
import { wineRunner } from "../../runners/wine.ts";
import { describeTarget } from "../require-target.ts";
import { collect, runRequest, type Collected } from "./run-request.ts";
import { runningProcesses } from "./running-processes.ts";
import { standIn } from "./stand-in.ts";
import { descendantsNamed, remains, takeTraces, type Traces } from "./traces.ts";

// The first run on a machine downloads Node for Windows and makes a Wine prefix.
const PREPARATION_MS = 300_000;
const RUN_MS = 30_000;

const three = ["one", "two", "three"];

function measure(habit: string, different?: Partial<RunRequest>): ReturnType<typeof collect> {
  return collect(wineRunner(undefined, { entry: standIn(habit) }).run(runRequest(different)));
}

const hasNamespaces = (await netnsRunner().availability()).here;

describeTarget("wine", await wineRunner().availability(), () => {
  let folder = "";
  beforeAll(async () => {
    const { error } = await measure("whole");
    if (error) throw error;
  }, PREPARATION_MS);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "wine-test-"));
    vi.stubEnv("TMPDIR", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    // Fails when anything was left in it.
    rmdirSync(folder);
  });

  test("runs Node for Windows, with koffi on Wine's libraries", { timeout: RUN_MS }, async () => {
    const { target, error } = await measure("loads-koffi");
    expect(error).toBeUndefined();
    expect(target?.runtime).toMatchObject({
      node: expect.stringMatching(/^v22\./),
      koffi: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      wine: expect.stringMatching(/^\d+\.\d+/),
      addresses: expect.stringContaining('"127.0.0.1"'),
    });
  });

  test("observes the whole table of SO_EXCLUSIVEADDRUSE", { timeout: 60_000 }, async () => {
    const { selection } = runRequest();
    const file = fileURLToPath(
      new URL("../../cases/windows/so-exclusiveaddruse.yaml", import.meta.url),
    );
    const request = runRequest({ selection: { ...selection, files: [file] } });
    const { target, observed, outcomes, error } = await collect(wineRunner().run(request));
    expect(error).toBeUndefined();
    expect(target).toMatchObject({
      target: "wine",
      platform: { name: "wine", implements: "windows" },
    });
    expect(new Set(observed).size).toBe(180);
    expect(outcomes).not.toContain("broken");
  });

  test("passes odd arguments on unharmed", { timeout: RUN_MS }, async () => {
    const filter = ["a > b", String.raw`/\d"x"$/`, "é漢", "%PATH%", "tail\\"];
    const { selection } = runRequest();
    const { target, names } = await measure("whole", { selection: { ...selection, filter } });
    expect(names).toEqual(new Set(["wine"]));
    expect(target?.runtime).toMatchObject({ platform: "win32" });
    expect(JSON.parse(target?.runtime["arguments"] ?? "")).toEqual(
      expect.arrayContaining(filter.map((text) => `--filter=${text}`)),
    );
  });

  test("keeps what was measured before the harness died", { timeout: RUN_MS }, async () => {
    const { observed, error } = await measure("dies");
    expect(observed).toEqual(three);
    expect(error).toEqual(
      new TargetProblem(
        "The harness inside wine ended before it was done (exit code 70; it last said: out of luck)",
      ),
    );
  });

  test("leaves no process behind when it is aborted", { timeout: RUN_MS }, async () => {
    const abort = new AbortController();
    const runner = wineRunner(undefined, { entry: standIn("hangs") });
    let seen: string[] = [];
    let traces: Traces = { processes: [], namespaces: [] };
    const collected: Collected = await collect(
      runner.run(runRequest({ signal: abort.signal })),
      (line) => {
        if (line.type !== "observation" || line.experiment.id !== "last") return;
        seen = runningProcesses(folder);
        traces = takeTraces();
        abort.abort();
      },
    );
    expect(collected.error).toBeUndefined();
    expect(collected.observed).toEqual([...three, "last"]);
    // The harness and its child, at least.
    expect(seen.length).toBeGreaterThan(1);
    await vi.waitFor(() => expect(runningProcesses(folder)).toEqual([]));
    // Wine's server and services too.
    await vi.waitFor(() => expect(remains(traces)).toEqual([]));
  });

  test.runIf(hasNamespaces)(
    "is broken when its server is killed, and keeps what was measured",
    { timeout: RUN_MS },
    async () => {
      let traces: Traces = { processes: [], namespaces: [] };
      const runner = wineRunner(undefined, { entry: standIn("hangs") });
      const { observed, error } = await collect(runner.run(runRequest()), (line) => {
        if (line.type !== "observation" || line.experiment.id !== "last") return;
        traces = takeTraces();
        // The one that came first; another waits for its end.
        process.kill(descendantsNamed("/wineserver")[0] ?? 0, "SIGKILL");
      });
      expect(observed).toEqual([...three, "last"]);
      expect(error?.message).toMatch(
        /^The harness inside wine ended before it was done \(exit code 137; it last said: Wine's server has ended\)$/,
      );
      await vi.waitFor(() => expect(remains(traces)).toEqual([]));
    },
  );

  test.runIf(hasNamespaces)(
    "has addresses of its own, through a server of its own",
    { timeout: 60_000 },
    async () => {
      const { selection } = runRequest();
      const request = runRequest({
        selection: { ...selection, filter: ["two-addresses-one-port"] },
      });
      const { target, outcomes, error } = await collect(wineRunner().run(request));
      expect(error).toBeUndefined();
      expect(target?.runtime["isolation"]).toContain("network");
      expect(target?.addresses.ipv6.specific2).toBe("fd00:b1d::2");
      // Both protocols of the example of 10.0.0.1 and 10.99.99.99.
      expect(outcomes).toHaveLength(2);
      expect(outcomes).not.toContain("skipped");
      expect(outcomes).not.toContain("broken");
    },
  );

  test("says that a prefix of the user's own is none", async () => {
    const { error } = await collect(wineRunner(folder).run(runRequest()));
    expect(error).toEqual(
      new TargetProblem(
        `${folder} is no Wine prefix; make it one with: WINEPREFIX='${folder}' wineboot`,
      ),
    );
  });
});
