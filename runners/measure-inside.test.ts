import { mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { collect, runRequest, type Collected } from "../tests/targets/run-request.ts";
import { runningProcesses } from "../tests/targets/running-processes.ts";
import { standIn } from "../tests/targets/stand-in.ts";
import { measureInside } from "./measure-inside.ts";
import { TargetProblem } from "./runner.ts";

const three = ["one", "two", "three"];

describe.skipIf(process.platform !== "linux")("a harness inside a target", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "measure-inside-"));
    vi.stubEnv("TMPDIR", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    // Fails when anything was left in it.
    rmdirSync(folder);
  });

  async function measure(
    name: string,
    abort?: AbortController,
    silenceMs = 5000,
  ): Promise<Collected> {
    const command = (results: string) => ({
      file: process.execPath,
      arguments: [standIn(name), `--reporter=ndjson=${results}`, folder],
      environment: {},
    });
    const request = runRequest(abort && { signal: abort.signal });
    const lines = measureInside({ target: "elsewhere", command, silenceMs }, request);
    const collected = await collect(lines, (line) => {
      if (line.type === "observation" && line.experiment.id === "two") abort?.abort();
    });
    await vi.waitFor(() => expect(runningProcesses(folder)).toEqual([]));
    return collected;
  }

  test("gives its measurements under the target's name here, whatever its exit code", async () => {
    const collected = await measure("whole");
    expect(collected).toMatchObject({ observed: three, names: new Set(["elsewhere"]) });
    expect(collected.error).toBeUndefined();
  });

  test("that dies keeps what it measured, and its last words are told", async () => {
    const { observed, error } = await measure("dies");
    expect(observed).toEqual(three);
    expect(error).toEqual(
      new TargetProblem(
        "The harness inside elsewhere ended before it was done (exit code 70; it last said: out of luck)",
      ),
    );
  });

  test("that hangs is ended with its children and said to hang", async () => {
    const { observed, error } = await measure("hangs", undefined, 3000);
    expect(observed).toEqual([...three, "last"]);
    expect(error?.message).toBe(
      "The harness inside elsewhere said nothing for 3 s (killed by SIGKILL)",
    );
  });

  test("is ended at once when the run is aborted, without a problem", async () => {
    const { observed, error } = await measure("hangs", new AbortController());
    expect(observed.slice(0, 2)).toEqual(["one", "two"]);
    expect(error).toBeUndefined();
  });

  test("that babbles is ended", async () => {
    const { observed, error } = await measure("babbles");
    expect(observed).toEqual(three);
    expect(error?.message).toBe("The target wrote a line that is no result: Segmentation fault");
  });

  test("may say itself what the problem is", async () => {
    const { observed, error } = await measure("reports-a-problem");
    expect(observed).toEqual(three);
    expect(error).toEqual(new TargetProblem("The port range is taken."));
  });

  test("that is no longer wanted is ended", async () => {
    const command = (results: string) => ({
      file: process.execPath,
      arguments: [standIn("hangs"), `--reporter=ndjson=${results}`, folder],
      environment: {},
    });
    for await (const line of measureInside({ target: "elsewhere", command }, runRequest()))
      if (line.type === "observation") break;
    await vi.waitFor(() => expect(runningProcesses(folder)).toEqual([]));
  });

  test("that cannot be started is a problem", async () => {
    const command = () => ({ file: join(folder, "absent"), arguments: [], environment: {} });
    const { error } = await collect(measureInside({ target: "elsewhere", command }, runRequest()));
    expect(error?.message).toMatch(
      /^The harness inside elsewhere ended before it was done \(exit code 127; it last said: .*absent: not found/,
    );
  });
});
