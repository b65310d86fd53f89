import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Line } from "../../harness/results/line.ts";
import {
  HAPPENED,
  bindcheck,
  makeFolder,
  observationsOf,
  readStream,
  startBindcheck,
  verdictsOf,
  type Ended,
} from "./bindcheck.ts";
import { MANY, writeManyExperiments } from "./many-experiments.ts";
import { countLines, isRunning, until, MOST_RUNS } from "./processes.ts";

describe.skipIf(process.platform !== "linux")("On Linux, a run that was killed", () => {
  let cases = "";
  let folder = "";
  let whole: readonly Line[] = [];
  beforeAll(async () => {
    folder = await makeFolder();
    cases = await writeManyExperiments();
    await run("whole.ndjson");
    whole = readStream(at("whole.ndjson"));
  });

  const at = (name: string): string => path.join(folder, name);

  async function run(name: string, ...more: string[]): Promise<Ended> {
    return bindcheck(["run", cases, "--reporter", `ndjson=${at(name)}`, ...more]);
  }

  const resume = (name: string, ...more: string[]): Promise<Ended> =>
    run(name, "--resume", at(name), ...more);

  /**
   * Runs, on from what is there, until so many lines are written; then nothing of it is left alive. On a busy machine a
   * run may be over before it is killed: then it is as if it had not been.
   */
  async function runAndKill(name: string, lines: number, ...more: string[]): Promise<void> {
    const before = existsSync(at(name)) ? readFileSync(at(name)) : null;
    for (let tried = 1; tried <= MOST_RUNS; tried++) {
      const running = startBindcheck(["run", cases, "--reporter", `ndjson=${at(name)}`, ...more]);
      await until(() => countLines(at(name)) >= lines || !isRunning(running.pid ?? 0));
      running.kill("SIGKILL");
      const { signal, exitCode } = await running;
      if (signal === "SIGKILL" && countLines(at(name)) < 2 * MANY) return;
      expect([0, undefined]).toContain(exitCode);
      if (before === null) rmSync(at(name));
      else writeFileSync(at(name), before);
    }
    throw new Error(`${MOST_RUNS} runs were over before they could be killed`);
  }

  function expectWhole(name: string): void {
    const lines = readStream(at(name));
    expect(observationsOf(lines)).toEqual(observationsOf(whole));
    const sorted = (of: readonly Line[]): string[] =>
      verdictsOf(of)
        .map((line) => JSON.stringify(line))
        .toSorted();
    expect(sorted(lines)).toEqual(sorted(whole));
    const types = lines.map(({ type }) => type).filter((type) => !/^(ob|ve)/.test(type));
    expect(types).toEqual(["run", "target", "summary"]);
    const untimed = { wallMs: 0, timings: [] };
    expect({ ...lines.at(-1), ...untimed }).toEqual({ ...whole.at(-1), ...untimed });
    const [target, before] = [lines, whole].map((of) => of.find(({ type }) => type === "target"));
    expect(target).toEqual(before);
  }

  test.each([1, 500, 2000])(
    "after %i lines goes on where it stopped, and is as if it had not been.",
    async (lines) => {
      const name = `after-${lines}.ndjson`;
      await runAndKill(name, lines);
      const junit = at(`after-${lines}.xml`);
      const ended = await resume(name, "--reporter", `junit=${junit}`);
      expect(ended).toMatchObject({
        exitCode: 0,
        stdout: expect.stringMatching(HAPPENED),
        stderr: "",
      });
      expectWhole(name);
      expect(readFileSync(junit, "utf8").match(/<testcase/g)).toHaveLength(MANY);
    },
  );

  test("again and again loses nothing of what it had measured.", async () => {
    await runAndKill("often.ndjson", 300);
    for (const _ of [1, 2, 3]) {
      const before = new Map(marked("often.ndjson"));
      // How far a run came before it was killed is chance.
      const lines = countLines(at("often.ndjson")) + 300;
      await runAndKill("often.ndjson", lines, "--resume", at("often.ndjson"));
      const after = new Map(marked("often.ndjson"));
      for (const [id, line] of before) expect(after.get(id)).toBe(line);
    }
    expect((await resume("often.ndjson")).exitCode).toBe(0);
    expectWhole("often.ndjson");
    const [first] = readStream(at("often.ndjson"));
    expect(first).toMatchObject({ type: "run", resumedAt: { length: 4 } });
    expect(readdirSync(folder).filter((file) => file.startsWith("often"))).toEqual([
      "often.ndjson",
    ]);
  }, 180_000);

  /** Observations as they are written, ports and durations included: what is measured again differs. */
  function marked(name: string): [id: string, line: string][] {
    const lines = readFileSync(at(name), "utf8").split("\n");
    return lines
      .filter((line) => /^\{"type":"observation".*\}\}$/.test(line))
      .map((line) => [(JSON.parse(line) as { experiment: { id: string } }).experiment.id, line]);
  }

  /** The beginning of the whole run, cut in the middle of a line, or changed. */
  function writePart(name: string, change: (text: string) => string = (text) => text): string {
    const text = readFileSync(at("whole.ndjson"), "utf8").split("\n").slice(0, 101).join("\n");
    writeFileSync(at(name), change(`${text}\n{"type":"observation","target":"loc`));
    return at(name);
  }

  test("with its last line torn measures nothing again that is there.", async () => {
    writePart("torn.ndjson");
    const before = marked("torn.ndjson");
    expect(before.length).toBeGreaterThan(40);
    expect(await resume("torn.ndjson")).toMatchObject({ exitCode: 0, stderr: "" });
    expectWhole("torn.ndjson");
    const now = new Map(marked("torn.ndjson"));
    for (const [id, line] of before) expect(now.get(id)).toBe(line);
  });

  test("of an earlier bindcheck, which wrote fewer facts, goes on.", async () => {
    expect(JSON.stringify(whole[1])).toMatch(/,"privileges":"[^"]*"/);
    writePart("earlier.ndjson", (text) => text.replace(/,"privileges":"[^"]*"/, ""));
    expect(await resume("earlier.ndjson")).toMatchObject({ exitCode: 0, stderr: "" });
    expectWhole("earlier.ndjson");
  });

  test("whose results stay where they are is written elsewhere.", async () => {
    const part = writePart("part.ndjson");
    const before = readFileSync(part, "utf8");
    expect((await run("elsewhere.ndjson", "--resume", part)).exitCode).toBe(0);
    expectWhole("elsewhere.ndjson");
    expect(readFileSync(part, "utf8")).toBe(before);
  });

  test.each([0, 5, 100])("after %i characters of its first line.", async (count) => {
    const text = readFileSync(at("whole.ndjson"), "utf8");
    writeFileSync(at("empty.ndjson"), text.slice(0, count));
    expect((await resume("empty.ndjson")).exitCode).toBe(0);
    expectWhole("empty.ndjson");
  });

  test("keeps what was measured, and its verdicts, whatever --except leaves out.", async () => {
    const broken = '"outcome":{"kind":"broken","reason":"binder-died","detail":"killed"}';
    const file = writePart("except.ndjson", (text) => text.replace(/"outcome":\{[^}]*\}/, broken));
    const before = marked("except.ndjson");
    const ids = [...observationsOf(whole).keys()];
    const left = ids.filter((id) => !before.some(([own]) => own === id)).slice(0, 7);
    writeFileSync(at("ids.txt"), [...before.map(([id]) => id), ...left].join("\n"));
    const ended = await resume("except.ndjson", "--except", at("ids.txt"));
    expect(ended).toMatchObject({ exitCode: 3, stderr: "" });
    const now = new Map(marked("except.ndjson"));
    for (const [id, line] of before) expect(now.get(id)).toBe(line);
    expect(now.size).toBe(MANY - left.length);
    expect(verdictsOf(readStream(file))).toHaveLength(MANY - left.length);
  });

  test("on another target goes on there, with what is known here.", async () => {
    const there = [cases, "--on", "netns", "--filter", "SO_REUSEADDR@specific"];
    const name = at("netns.ndjson");
    const first = await bindcheck(["run", ...there, "--reporter", `ndjson=${name}`]);
    expect(first.exitCode).toBe(0);
    const all = marked("netns.ndjson");
    const lines = readFileSync(name, "utf8").split("\n");
    writeFileSync(name, lines.slice(0, 400).join("\n"));
    const kept = marked("netns.ndjson");
    await bindcheck(["run", ...there, "--reporter", `ndjson=${name}`, "--resume", name]);
    const now = new Map(marked("netns.ndjson"));
    expect(now.size).toBe(all.length);
    expect(kept.length).toBeGreaterThan(150);
    for (const [id, line] of kept) expect(now.get(id)).toBe(line);
    expect(readStream(name).filter(({ type }) => type === "target")).toHaveLength(1);
    expect(readStream(name).at(-1)?.type).toBe("summary");
  });

  test("leaves out on another target what --except names.", async () => {
    const id = "tcp/ipv4 SO_REUSEADDR@wildcard > none@specific";
    writeFileSync(at("one.txt"), id);
    const name = at("left.ndjson");
    const more = ["--on", "netns", "--filter", "SO_REUSEADDR@wildcard > none@", "--except"];
    const outputs = ["--reporter", `ndjson=${name}`];
    await bindcheck(["explore", "--protocol", "tcp", ...more, at("one.txt"), ...outputs]);
    const ids = [...observationsOf(readStream(name)).keys()];
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).not.toContain(id);
  });

  test("does what was broken again, and what contradicts a claim and was not repeated.", async () => {
    const broken = '"outcome":{"kind":"broken","reason":"binder-died","detail":"killed"}';
    const wrong = '"outcome":{"kind":"error","step":"bind","code":"EACCES","errno":13}';
    let count = 0;
    writePart("mended.ndjson", (text) =>
      text.replaceAll(/"outcome":\{[^}]*\}/g, (own) => [broken, wrong][count++] ?? own),
    );
    expect((await resume("mended.ndjson")).exitCode).toBe(0);
    expectWhole("mended.ndjson");
  });

  test("goes on with case files that have changed: what is new is measured, what is gone is reported.", async () => {
    const part = writePart("changed.ndjson");
    const recorded = marked("changed.ndjson").length;
    const before = readFileSync(cases, "utf8");
    try {
      writeFileSync(
        cases,
        before
          .replace(
            "    - { options: [SO_REUSEPORT+SO_REUSEPORT+",
            "    - { options: [SO_REUSEPORT, SO_REUSEPORT+SO_REUSEPORT+",
          )
          .replace("address: wildcard }", "address: specific2 }"),
      );
      const { exitCode, stderr } = await resume("changed.ndjson");
      expect(exitCode).toBe(0);
      expect(stderr).toBe(
        `${part}: ${recorded} observations are of experiments that this run does not have: they are left out`,
      );
      expect(observationsOf(readStream(part)).size).toBe(33 * 64);
    } finally {
      writeFileSync(cases, before);
    }
  });
});
