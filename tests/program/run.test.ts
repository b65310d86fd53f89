import { existsSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Line } from "../../harness/results/line.ts";
import {
  HAPPENED,
  bindcheck,
  makeFolder,
  observationsOf,
  readStream,
  verdictsOf,
} from "./bindcheck.ts";

const SOCKET_7 = "cases/linux/socket-7.yaml";

async function runToStream(
  parameters: readonly string[],
): Promise<{ exitCode: number | undefined; lines: Line[] }> {
  const stream = path.join(await makeFolder(), "results.ndjson");
  const ended = await bindcheck(["run", ...parameters, "--reporter", `ndjson=${stream}`]);
  if (ended.stderr !== "" || !HAPPENED.test(ended.stdout))
    throw new Error(ended.stdout + ended.stderr);
  return { exitCode: ended.exitCode, lines: readStream(stream) };
}

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  let whole: Awaited<ReturnType<typeof runToStream>>;
  beforeAll(async () => {
    whole = await runToStream([SOCKET_7, "--jobs", "1"]);
  });

  test("all 234 claims of socket(7) and ip(7) hold, and the run ends with 0.", () => {
    expect(whole.exitCode).toBe(0);
    const verdicts = verdictsOf(whole.lines).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(Array.from({ length: 234 }, () => "held"));
    expect(whole.lines.at(-1)).toMatchObject({
      type: "summary",
      observations: 234,
      counts: [
        { target: "local", document: "socket-7/bound", counts: { held: 156, contradicted: 0 } },
        { target: "local", document: "socket-7/listening", counts: { held: 78, contradicted: 0 } },
      ],
      brokenTargets: [],
    });
  });

  test("two runs give the same observations.", async () => {
    const again = await runToStream([SOCKET_7, "--jobs", "1"]);
    expect(observationsOf(whole.lines).size).toBe(234);
    expect(observationsOf(again.lines)).toEqual(observationsOf(whole.lines));
  });

  test("binders of their own for each experiment give the same observations as lasting ones.", async () => {
    const some = [
      SOCKET_7,
      "--filter",
      "/^tcp.ipv4 (none|SO_REUSEPORT)@wildcard( listening)? > SO_REUSEPORT@/",
    ];
    const isolated = observationsOf((await runToStream([...some, "--isolate"])).lines);
    const pooled = observationsOf(whole.lines);
    expect(isolated.size).toBe(6);
    for (const [id, observation] of isolated) expect(observation).toEqual(pooled.get(id));
  });

  test("several pairs at once give the same observations as one.", async () => {
    const many = await runToStream([SOCKET_7, "--jobs", "8"]);
    expect(observationsOf(many.lines)).toEqual(observationsOf(whole.lines));
  });

  test("the shards of a run observe what the whole observes, each experiment once.", async () => {
    const shards = await Promise.all(
      [1, 2, 3].map((index) => runToStream([SOCKET_7, "--shard", `${index}/3`])),
    );
    const observed = shards.flatMap(({ lines }) => [...observationsOf(lines)]);
    expect(observed).toHaveLength(234);
    expect(new Map(observed)).toEqual(observationsOf(whole.lines));
  });

  test("a contradicted claim ends the run with 1, after three tries of the experiment.", async () => {
    const { exitCode, lines } = await runToStream(["tests/sample-case-files/contradicted.yaml"]);
    expect(exitCode).toBe(1);
    expect(verdictsOf(lines)).toMatchObject([
      { verdict: "contradicted", document: "contradicted" },
    ]);
    expect(lines.filter(({ type }) => type === "observation")).toMatchObject([
      { outcome: { kind: "error", step: "bind", code: "EADDRINUSE" }, attempts: 3 },
    ]);
  });

  test("a document of another platform leaves nothing to judge, and the run ends with 2.", async () => {
    const { exitCode, lines } = await runToStream(["cases/windows/so-exclusiveaddruse.yaml"]);
    expect(exitCode).toBe(2);
    expect(lines.at(-1)).toMatchObject({ notApplicable: ["so-exclusiveaddruse/table-1"] });
    expect(verdictsOf(lines)).toEqual([]);
  });

  test("an experiment that needs an option that Linux does not have is skipped by name.", async () => {
    const { exitCode, lines } = await runToStream(["tests/sample-case-files/skipped.yaml"]);
    expect(exitCode).toBe(3);
    expect(verdictsOf(lines)).toMatchObject([
      {
        verdict: "skipped",
        reason: "option-not-on-platform",
        detail: "linux has no SO_EXCLUSIVEADDRUSE",
      },
    ]);
  });

  test("with nothing named, the reports stand under --out and the terminal has the summary.", async () => {
    const out = path.join(await makeFolder(), "deep", "results");
    const { exitCode, stdout, stderr } = await bindcheck(["run", SOCKET_7, "--out", out]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^✓ local +234 held \(/m);
    expect(readStream(path.join(out, "results.ndjson")).at(-1)?.type).toBe("summary");
    expect(existsSync(path.join(out, "junit.xml"))).toBe(true);
  });
});
