import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bindcheck, makeFolder, readStream, verdictsOf, type Ended } from "./bindcheck.ts";

const CONTRADICTED = "tests/sample-case-files/contradicted.yaml";

let folder = "";
beforeAll(async () => {
  folder = await makeFolder();
});

function known(name: string, change: (text: string) => string = (text) => text): string {
  const text = `platform: linux
deviations:
  - document: contradicted
    observed: EADDRINUSE
    experiments: [tcp/ipv4 none@wildcard > none@wildcard]
    reason: no system allows it
`;
  const file = path.join(folder, name);
  writeFileSync(file, change(text));
  return file;
}

async function run(file: string, ...more: string[]): Promise<Ended & { words: string[] }> {
  const stream = path.join(folder, "stream.ndjson");
  const parameters = ["run", file, "--confirm", "0", "--reporter", `ndjson=${stream}`, ...more];
  const ended = await bindcheck(parameters);
  const words = ended.exitCode === 2 ? [] : verdictsOf(readStream(stream)).map((v) => v.verdict);
  return { ...ended, words };
}

describe.skipIf(process.platform !== "linux")("On Linux,", () => {
  test("deviations beside the team's file are known without being named.", async () => {
    const team = path.join(folder, "team");
    mkdirSync(path.join(team, "known-deviations"), { recursive: true });
    const config = path.join(team, "bindcheck.config.yaml");
    writeFileSync(config, "targets: { here: local }\n");
    renameSync(known("beside.yaml"), path.join(team, "known-deviations", "linux.yaml"));
    expect(await run(CONTRADICTED, "--config", config)).toMatchObject({
      exitCode: 0,
      words: ["known-deviation"],
    });
    rmSync(path.join(team, "known-deviations"), { recursive: true });
    expect(await run(CONTRADICTED, "--config", config)).toMatchObject({
      exitCode: 1,
      words: ["contradicted"],
    });
  });

  test.each([
    ["exactly as known", (text: string) => text, 0, "known-deviation"],
    ["otherwise", (text: string) => text.replace("EADDRINUSE", "EACCES"), 1, "contradicted"],
    ["after it expired", (text: string) => `${text}    expires: 2020-01-01\n`, 1, "contradicted"],
    ["elsewhere", (text: string) => text.replace("linux", "windows"), 1, "contradicted"],
  ])("a contradiction %s is reported.", async (name, change, exitCode, word) => {
    const file = known(`${name}.yaml`, change);
    expect(await run(CONTRADICTED, "--known", file)).toMatchObject({
      exitCode,
      words: [word],
      stderr: "",
    });
  });

  const dgram = (...more: string[]) =>
    run(
      "cases/node",
      "--document",
      "node-dgram/reuse-addr",
      "--filter",
      "/udp.ipv4 none.*reuseAddr/",
      ...more,
    );

  test("what came with the package is known without being named, and marked.", async () => {
    const ended = await dgram();
    expect(ended).toMatchObject({
      exitCode: 0,
      words: expect.arrayContaining(["known-deviation"]),
    });
    const verdicts = verdictsOf(readStream(path.join(folder, "stream.ndjson")));
    const deviating = verdicts.filter(({ verdict }) => verdict === "known-deviation");
    expect(deviating.every(({ shipped }) => shipped)).toBe(true);
    const drafted = path.join(folder, "own.yaml");
    await dgram("--write-known", drafted);
    expect(readFileSync(drafted, "utf8")).toContain("deviations: []");
  });

  test("'--known none' leaves out what came with the package, and a file adds to it.", async () => {
    expect(await dgram("--known", "none")).toMatchObject({
      exitCode: 1,
      words: expect.arrayContaining(["contradicted"]),
    });
    const drafted = path.join(folder, "dgram.yaml");
    await dgram("--known", "none", "--write-known", drafted);
    const reasons = readFileSync(drafted, "utf8").replaceAll('reason: ""', "reason: looked at");
    writeFileSync(drafted, reasons);
    expect((await dgram("--known", "none", "--known", drafted)).exitCode).toBe(0);
    expect((await dgram("--known", known("another.yaml"))).exitCode).toBe(0);
  });

  test("what is known of a case that holds is stale, which fails.", async () => {
    const cases = path.join(folder, "holds.yaml");
    writeFileSync(
      cases,
      readFileSync(CONTRADICTED, "utf8").replace("expect: [success]", "expect: [EADDRINUSE]"),
    );
    const ended = await run(cases, "--known", known("stale.yaml"), "--reporter", "github");
    expect(ended).toMatchObject({ exitCode: 1, words: ["stale-deviation"] });
    expect(ended.stdout).toContain("no longer occurs%3A no system allows it");
  });

  test("a drafted file makes the same run good.", async () => {
    const file = path.join(folder, "drafted.yaml");
    const { exitCode, stderr } = await run(CONTRADICTED, "--write-known", file);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`bindcheck run "${CONTRADICTED}" --known "${file}"`);
    expect(await run(CONTRADICTED, "--known", file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/drafted\.yaml:\d+:\d+: 'reason' is empty \(/),
    });
    const drafted = readFileSync(file, "utf8").replace(/reason: .*/, "reason: seen # by me");
    writeFileSync(file, drafted);
    expect((await run(CONTRADICTED, "--known", file)).exitCode).toBe(0);
    expect((await run(CONTRADICTED, "--known", file, "--write-known", file)).exitCode).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(drafted);
  });

  test("a run without a contradiction leaves what it did not measure.", async () => {
    const file = known("kept.yaml");
    const text = readFileSync(file, "utf8");
    const filter = ["--filter", "tcp/ipv4 none@specific > none@specific"];
    await run("cases/linux/socket-7.yaml", ...filter, "--write-known", file);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

test("Wrong files are reported in one line for each mistake, and nothing runs.", async () => {
  const file = known("wrong.yaml", (text) =>
    text.replace("EADDRINUSE", "any error").replace("reason:", "raison:"),
  );
  const out = path.join(folder, "never");
  const parameters = ["run", CONTRADICTED, "--out", out];
  const ended = await bindcheck([...parameters, "--known", file]);
  expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
  expect(ended.stderr.split("\n").map((line) => line.replace(file, "FILE"))).toEqual([
    expect.stringMatching(/^FILE:4:15: 'any error' is not an outcome \(/),
    expect.stringMatching(/^FILE:3:5: 'reason' is missing \(/),
    expect.stringMatching(/^FILE:6:13: unknown key 'raison' \(/),
  ]);
  const drafting = await bindcheck([...parameters, "--write-known", file]);
  expect(drafting).toEqual(ended);
  const absent = await bindcheck([...parameters, "--known", path.join(folder, "nowhere")]);
  expect(absent).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `--known: there is no '${path.join(folder, "nowhere")}'`,
  });
  expect(existsSync(out)).toBe(false);
});
