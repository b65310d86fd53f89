import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder, readStream, startBindcheck } from "./bindcheck.ts";
import { MANY, writeManyExperiments } from "./many-experiments.ts";
import { catchBetween, until } from "./processes.ts";

const WAITS = fileURLToPath(new URL("../faulty-binders/waits-in-its-start.cjs", import.meta.url));
const canStop = process.platform !== "win32";

describe("A file that a run writes", () => {
  let cases = "";
  beforeAll(async () => {
    cases = await writeManyExperiments();
  });

  /** A run of many experiments that is writing its results. */
  async function startRun() {
    const out = await makeFolder();
    const stream = path.join(out, "results.ndjson");
    const { running } = await catchBetween(stream, [20, MANY], () =>
      startBindcheck(["run", cases, "--out", out]),
    );
    return { running, out, stream };
  }

  function expectWhole(stream: string, observations = MANY): void {
    const lines = readStream(stream);
    expect(lines.at(-1)).toMatchObject({ type: "summary", observations });
    expect(lines.filter(({ type }) => type === "run")).toHaveLength(1);
  }

  test("is refused to a second run, and left whole and alone by the first.", async () => {
    const { running, out, stream } = await startRun();
    // It is not to be over before the second one has begun.
    if (canStop) running.kill("SIGSTOP");
    const second = await bindcheck(["run", cases, "--out", out]);
    if (canStop) running.kill("SIGCONT");
    expect(second).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${stream} is being written by another run, process ${running.pid} (name another folder with --out)`,
    });
    expect(await running).toMatchObject({ exitCode: 0, stderr: "" });
    expectWhole(stream);
    expect(readdirSync(out).toSorted()).toEqual(["junit.xml", "report.html", "results.ndjson"]);
  });

  test.each(["", " where a killed run has left its lock"])(
    "is written by one of five runs that begin at once%s.",
    async (left) => {
      const out = await makeFolder();
      if (left) writeFileSync(path.join(out, "results.ndjson.lock"), `${process.ppid} 0`);
      // The one that has the file ends when the others have been refused.
      const go = path.join(await makeFolder(), "go");
      const env = { NODE_OPTIONS: `--require=${WAITS}`, BINDCHECK_TEST_GO: go };
      let over = 0;
      const runs = [1, 2, 3, 4, 5].map(async () => {
        const ended = await bindcheck(["run", cases, "--out", out], { env });
        over += 1;
        return ended;
      });
      await until(() => over >= 4);
      writeFileSync(go, "");
      const ends = await Promise.all(runs);
      const refused = ends.filter(({ exitCode }) => exitCode === 2);
      expect(ends.filter(({ exitCode }) => exitCode === 0)).toHaveLength(1);
      expect(refused).toHaveLength(4);
      for (const { stderr } of refused) expect(stderr).toMatch(/^[^\n]* by another run[^\n]*$/);
      expectWhole(path.join(out, "results.ndjson"));
      expect(readdirSync(out)).toHaveLength(3);
    },
  );

  test("is whole for each of ten runs that begin at once, each in a folder of its own.", async () => {
    const outs = await Promise.all(Array.from({ length: 10 }, makeFolder));
    const ends = await Promise.all(
      outs.map((out) => bindcheck(["run", cases, "--shard", "1/16", "--out", out])),
    );
    // A port that two of them wanted at once may be undecided, and is never wrong.
    for (const { exitCode } of ends) expect([0, 3]).toContain(exitCode);
    for (const out of outs) expectWhole(path.join(out, "results.ndjson"), MANY / 16);
  });

  test("is free again when its run was killed.", async () => {
    const { running, out, stream } = await startRun();
    running.kill("SIGKILL");
    await running;
    expect((await bindcheck(["run", cases, "--out", out])).exitCode).toBe(0);
    expectWhole(stream);
    expect(readdirSync(out)).toHaveLength(3);
  });

  test("is free again when another output cannot be opened.", async () => {
    const out = await makeFolder();
    const stream = path.join(out, "results.ndjson");
    const reporters = ["--reporter", `ndjson=${stream}`, "--reporter", `junit=${cases}/x.xml`];
    expect((await bindcheck(["run", cases, ...reporters])).exitCode).toBe(2);
    expect(readdirSync(out).filter((name) => name.includes("lock"))).toEqual([]);
  });

  test("is refused to a second report of the same run.", async () => {
    const file = path.join(await makeFolder(), "results.xml");
    const reporters = ["--reporter", `junit=${file}`, "--reporter", `html=${file}`];
    expect(await bindcheck(["run", cases, ...reporters])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${file} is named for two reports`,
    });
  });

  test.skipIf(process.platform === "win32")(
    "is missed when it is removed before the run has ended.",
    async () => {
      const { running, out, stream } = await startRun();
      rmSync(stream);
      const { exitCode, stderr } = await running;
      expect(exitCode).toBe(3);
      expect(String(stderr).split("\n")).toEqual([
        `${stream} was removed or replaced while it was written`,
        "exit code 3: a report could not be written to its end",
      ]);
      expect(readFileSync(path.join(out, "junit.xml"), "utf8")).toContain("</testsuites>");
    },
  );
});

describe("A file that a command reads", () => {
  let folder = "";
  let own = "";
  let stream = "";
  const at = (name: string): string => path.join(folder, name);
  beforeAll(async () => {
    folder = await makeFolder();
    own = at("own.yaml");
    stream = at("results.ndjson");
    copyFileSync("tests/sample-case-files/contradicted.yaml", own);
    copyFileSync("reports/golden/stream.ndjson", stream);
    writeFileSync(at("except.txt"), "no such id\n");
    writeFileSync(at("known.yaml"), "deviations: []\n");
    writeFileSync(at("bindcheck.config.yaml"), "targets: {}\n");
    linkSync(own, at("hard"));
    symlinkSync(own, at("soft"));
    mkdirSync(at("cases"));
    linkSync(own, at("cases/linked.yaml"));
  });

  test.each([
    ["its own case file", "run", ["own.yaml"], ["--reporter", "junit=", "own.yaml"]],
    ["a hard link to it", "run", ["own.yaml"], ["--reporter", "junit=", "hard"]],
    ["a symbolic link to it", "run", ["own.yaml"], ["--reporter", "junit=", "soft"]],
    ["a file of a folder of case files", "run", ["cases"], ["--reporter", "tap=", "own.yaml"]],
    [
      "the ids of --except",
      "run",
      ["own.yaml", "--except", "except.txt"],
      ["--reporter", "tap=", "except.txt"],
    ],
    [
      "known deviations",
      "run",
      ["own.yaml", "--known", "known.yaml"],
      ["--reporter", "tap=", "known.yaml"],
    ],
    [
      "the team's file",
      "run",
      ["own.yaml", "--config", "bindcheck.config.yaml"],
      ["--reporter", "tap=", "bindcheck.config.yaml"],
    ],
    ["a case file as a draft", "run", ["own.yaml"], ["--write-known", "", "own.yaml"]],
    ["results to merge", "merge", ["results.ndjson"], ["--reporter", "junit=", "results.ndjson"]],
    [
      "results to merge as a draft",
      "merge",
      ["results.ndjson"],
      ["--write-known", "", "results.ndjson"],
    ],
    [
      "the ids of an exploration",
      "explore",
      ["--filter", "none@specific > none@specific", "--except", "except.txt"],
      ["--reporter", "ndjson=", "except.txt"],
    ],
  ])(
    "is not overwritten: %s.",
    async (_, command, inputs, [option = "", start = "", name = ""]) => {
      const before = readFileSync(at(name), "utf8");
      const words = inputs.map((word) =>
        /\.(yaml|ndjson|txt)$|^cases$/.test(word) ? at(word) : word,
      );
      const ended = await bindcheck([command, ...words, option, `${start}${at(name)}`]);
      expect(readFileSync(at(name), "utf8")).toBe(before);
      expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
      expect(ended.stderr).toMatch(/^[^\n]* would be overwritten \(write to another file\)$/);
      expect(ended.stderr.startsWith(`${at(name)} is read as `)).toBe(true);
    },
  );
});
