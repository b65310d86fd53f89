import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { SummaryLine } from "../../harness/results/line.ts";
import { HAPPENED, bindcheck, makeFolder, readStream, type Ended } from "./bindcheck.ts";

const CASES = "cases/linux/socket-7.yaml";
const SHARDS = Array.from({ length: 8 }, (_, index) => `${index + 1}/8`);

let folder = "";
const at = (name: string): string => path.join(folder, name);
const shardFiles = SHARDS.map((_, index) => `shard-${index + 1}.ndjson`);

async function run(file: string, ...more: string[]): Promise<void> {
  const { stderr } = await bindcheck(["run", CASES, ...more, "--reporter", `ndjson=${at(file)}`]);
  if (stderr !== "") throw new Error(stderr);
}

/** Merges to a stream: how that ended, and the stream. */
async function mergeTo(
  name: string,
  files: readonly string[],
): Promise<Ended & { readonly text: string }> {
  const out = `${at(name)}.ndjson`;
  const ended = await bindcheck(["merge", ...files.map(at), "--reporter", `ndjson=${out}`]);
  return { ...ended, text: existsSync(out) ? readFileSync(out, "utf8") : "" };
}

function write(name: string, text: string): string {
  writeFileSync(at(name), text);
  return name;
}

function read(name: string): string {
  return readFileSync(at(name), "utf8");
}

/** Times, and ports, which no two runs share. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/"(startedAt)":"[^"]*"/g, '"$1":"TIME"')
    .replaceAll(/"(durationMs|wallMs|port)":(?:[\d.]+|null)/g, '"$1":0')
    .replaceAll(/"timings":(\[.*?\])/g, (timings) => timings.replaceAll(/\d+/g, "0"))
    .replaceAll(/:\d+"/g, ':PORT"')
    .replaceAll(/,"discarded":\[[^\]]*\]/g, "");
}

/** The runs of a stream without their summaries, as a kill leaves them. */
function cutOff(text: string): string {
  return text.replace(/\{"type":"summary".*\n$/, "");
}

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  beforeAll(async () => {
    folder = await makeFolder();
    await run("whole.ndjson");
    for (const [index, shard] of SHARDS.entries())
      await run(shardFiles[index] ?? "", "--shard", shard);
  });

  test("8 shards merged are one run, byte for byte apart from times and ports.", async () => {
    const whole = await mergeTo("merged-whole", ["whole.ndjson"]);
    const parts = await mergeTo("merged-parts", shardFiles.toReversed());
    expect(whole).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(HAPPENED),
      stderr: "",
    });
    expect(parts).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(HAPPENED),
      stderr: "",
    });
    expect(parts.text.split("\n")).toHaveLength(2 + 234 + 234 + 1 + 1);
    expect(withoutChance(parts.text)).toBe(withoutChance(whole.text));
  });

  test("A merged run has every line of the run, as it was.", async () => {
    const { text } = await mergeTo("again", ["whole.ndjson"]);
    const told = (stream: string): string[] =>
      stream.split("\n").filter((line) => /^\{"type":"(observation|verdict)"/.test(line));
    expect(told(text).toSorted()).toEqual(told(read("whole.ndjson")).toSorted());
    const twice = await mergeTo("twice", ["again.ndjson"]);
    expect(twice.text).toBe(text);
  });

  test("With nothing named, it reports as a run does.", async () => {
    const out = at("out");
    const files = shardFiles.map(at);
    const { exitCode, stdout } = await bindcheck(["merge", ...files, "--out", out]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✓ local +234 held \(/m);
    expect(readStream(path.join(out, "results.ndjson")).at(-1)?.type).toBe("summary");
    expect(existsSync(path.join(out, "junit.xml"))).toBe(true);
  });

  test("Without one of the shards there is no result.", async () => {
    const { exitCode, stderr, text } = await mergeTo("seven", shardFiles.slice(1));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^'local': without shard 1\/8 this is not the whole \(there are 2\/8 /);
    expect(stderr.split("\n")).toHaveLength(1);
    expect(text).toBe("");
  });

  test("With --partial the shards that are there are merged, what is missing is named, and that fails.", async () => {
    const [first = "", second = ""] = shardFiles;
    const files = [`here=${at(first)}`, `here=${at(second)}`, `gone=${at("gone.ndjson")}`];
    const out = at("partial.ndjson");
    const reporters = ["--reporter", `ndjson=${out}`, "--reporter", `tap=${at("partial.tap")}`];
    const ended = await bindcheck(["merge", "--partial", ...files, ...reporters]);
    expect(ended).toMatchObject({
      exitCode: 3,
      stdout: expect.stringContaining("; the run was cut off"),
    });
    expect(ended.stderr.split("\n")).toEqual([
      expect.stringMatching(/^'here': without shard 3\/8, 4\/8, .* this is not the whole/),
      `gone: ${at("gone.ndjson")} is missing`,
    ]);
    const lines = readStream(out);
    expect(lines.filter(({ type }) => type === "observation").length).toBeGreaterThan(10);
    expect(lines.some(({ type }) => type === "summary")).toBe(false);
    expect(read("partial.tap")).toMatch(/^not ok \d+ - The run was cut off/m);
    const whole = await bindcheck(["merge", "--partial", ...shardFiles.map(at), ...reporters]);
    expect(whole.exitCode).toBe(0);
    const none = await bindcheck(["merge", "--partial", at("gone.ndjson"), ...reporters]);
    expect(none).toMatchObject({ exitCode: 2, stderr: "there are no results to merge" });
  });

  test("A draft of known deviations comes from a merged result as from a run.", async () => {
    const contradicted = "tests/sample-case-files/contradicted.yaml";
    const stream = `ndjson=${at("contradicted.ndjson")}`;
    await bindcheck(["run", contradicted, "--confirm", "0", "--reporter", stream]);
    const merging = ["merge", at("contradicted.ndjson"), "--reporter", `ndjson=${at("m.ndjson")}`];
    await bindcheck([...merging, "--write-known", at("drafted.yaml")]);
    expect(read("drafted.yaml")).toContain("observed: EADDRINUSE");
  });

  test("A shard that is there twice names both files.", async () => {
    write("copy.ndjson", read("shard-3.ndjson"));
    const { exitCode, stderr, text } = await mergeTo("nine", [...shardFiles, "copy.ndjson"]);
    expect(exitCode).toBe(2);
    const [overlap, shard] = stderr.split("\n");
    expect(overlap).toContain(`${at("shard-3.ndjson")} and ${at("copy.ndjson")} overlap: '`);
    expect(shard).toBe(`'local': shard 3/8 is in ${at("shard-3.ndjson")} and ${at("copy.ndjson")}`);
    expect(text).toBe("");
  });

  test("Results that contradict each other name both files and what they differ in.", async () => {
    const [, line = ""] = /(.*"outcome":\{"kind":"success"\}.*)\n/.exec(read("whole.ndjson")) ?? [];
    const otherwise = line.replace(
      '"kind":"success"',
      '"kind":"broken","reason":"binder-died","detail":"it died"',
    );
    write("other.ndjson", read("whole.ndjson").replace(line, otherwise));
    const { exitCode, stderr } = await mergeTo("both", ["whole.ndjson", "other.ndjson"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `${at("whole.ndjson")} and ${at("other.ndjson")} contradict each other: '`,
    );
    expect(stderr).toContain("is success in one and broken: binder-died in the other");
  });

  test("Machines are told apart by name.", async () => {
    const files = [`one=${at("whole.ndjson")}`, `two=${at("whole.ndjson")}`];
    const { exitCode, stdout } = await bindcheck(["merge", ...files, "--out", at("machines")]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^✓ one +234 held \(/m);
    expect(stdout).toMatch(/^✓ two +234 held \(/m);
    const { timings } = readStream(at("machines/results.ndjson")).at(-1) as SummaryLine;
    expect(timings?.map(({ target }) => target)).toEqual(["one", "two"]);
  });

  test("A shard that was cut off is reported, and the result is not whole.", async () => {
    write("cut.ndjson", cutOff(read("shard-8.ndjson")));
    const { exitCode, stderr, text } = await mergeTo("cut-off", [
      ...shardFiles.slice(0, -1),
      "cut.ndjson",
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toBe(
      `${at("cut.ndjson")}: this run was cut off: what it did not reach is missing`,
    );
    expect(text).not.toContain('"type":"summary"');
    const report = await bindcheck(["merge", at("cut-off.ndjson"), "--reporter", "markdown=-"]);
    expect(report.stdout).toContain("cut off");
  });

  test("What is contradicted or broken in a part decides the exit code of the whole.", async () => {
    const replaceIn = (name: string, from: string, to: string): string[] => [
      ...shardFiles.slice(1),
      write(name, read("shard-1.ndjson").replace(from, to)),
    ];
    const contradicted = replaceIn("c.ndjson", '"verdict":"held"', '"verdict":"contradicted"');
    const broken = replaceIn("b.ndjson", '"verdict":"held"', '"verdict":"broken"');
    expect((await mergeTo("contradicted", contradicted)).exitCode).toBe(1);
    expect((await mergeTo("broken", broken)).exitCode).toBe(3);
  });

  test("A merge does not write over what it reads.", async () => {
    const before = read("whole.ndjson");
    const file = at("whole.ndjson");
    const ended = await bindcheck(["merge", file, "--reporter", `ndjson=${file}`]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toMatch(/is read as an input and would be overwritten/);
    expect(read("whole.ndjson")).toBe(before);
  });

  test("Another version of the stream, and what is none, are refused in one line.", async () => {
    write("two.ndjson", read("whole.ndjson").replace('"version":1', '"version":2'));
    expect(await mergeTo("never", ["whole.ndjson", "two.ndjson"])).toMatchObject({
      exitCode: 2,
      stderr: `${at("two.ndjson")}:1: version 2 of the result stream (this bindcheck reads version 1)`,
      text: "",
    });
    expect(await mergeTo("never", ["nowhere.ndjson"])).toMatchObject({
      exitCode: 2,
      stderr: `${at("nowhere.ndjson")}: there is no such file`,
    });
  });
});
